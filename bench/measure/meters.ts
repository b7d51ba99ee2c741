import type { Servers } from '../servers.ts';
import { secondsOfFamily, secondsOfMachine, secondsOfProcesses } from './cpu.ts';

/** The processes whose time is counted, by what they are part of. */
export type Components = Record<string, readonly number[]>;

/** What has been used since the meters were started. */
export interface Use {
  /** Seconds of processor time by component, PostgreSQL's included; `others` is what the rest of the machine used. */
  cpuSeconds: Record<string, number>;
  walBytes: number;
}

/** Starts to count what the given processes and PostgreSQL use. The function that it returns tells. */
export async function startMeters(servers: Servers, components: Components): Promise<() => Promise<Use>> {
  const before = await read(servers, components);
  return async () => {
    const after = await read(servers, components);
    const used = Object.entries(after.cpu).map(([name, seconds]) => [name, seconds - (before.cpu[name] ?? 0)] as const);
    const known = used.reduce((sum, [, seconds]) => sum + seconds, 0);
    const others = Math.max(0, after.machine - before.machine - known);
    return { cpuSeconds: { ...Object.fromEntries(used), others }, walBytes: after.wal - before.wal };
  };
}

async function read(servers: Servers, components: Components) {
  const cpu: Record<string, number> = { postgres: await secondsOfFamily(servers.postgresPid) };
  for (const [name, pids] of Object.entries(components)) cpu[name] = await secondsOfProcesses(pids);
  return { cpu, machine: await secondsOfMachine(), wal: await servers.walPosition() };
}
