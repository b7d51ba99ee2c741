import { readFile } from 'node:fs/promises';

/** Columns of /proc/net/tcp, counted from 0. */
const LOCAL = 1;
const REMOTE = 2;
const INODE = 9;

/** Counts the connections that the process on the port holds with an address. Of Linux, and of IPv4. */
export async function countHeldConnections(port: number, address: string): Promise<number> {
  const lines = (await readFile('/proc/net/tcp', 'utf8')).trimEnd().split('\n').slice(1);
  const ownPort = port.toString(16).toUpperCase().padStart(4, '0');
  const remote = address.split('.').toReversed().map(toHex).join('');
  return lines.filter((line) => {
    const columns = line.trim().split(/\s+/);
    // Those that the process has closed, and the kernel still tries to deliver, have no inode.
    const isHeld = columns[INODE] !== '0';
    return isHeld && columns[LOCAL]?.endsWith(`:${ownPort}`) && columns[REMOTE]?.startsWith(remote);
  }).length;
}

function toHex(byte: string): string {
  return Number(byte).toString(16).toUpperCase().padStart(2, '0');
}
