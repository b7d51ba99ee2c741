import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { onFreePort, startProgram, stopProgram } from '../../support/program.ts';

/** It refuses to run as root, and becomes this user, whom every Unix has. */
const UNPRIVILEGED_USER = 'nobody';

/** A PgBouncer in transaction mode, with few connections to its server. Disposing of it ends it. */
export interface PgBouncer extends AsyncDisposable {
  port: number;
  /** Kills it with -9. */
  kill(): Promise<void>;
  /** Starts it on its port. */
  start(): Promise<void>;
}

/** Starts one before a PostgreSQL server. */
export async function startPgBouncer(folder: string, serverUrl: string): Promise<PgBouncer> {
  const { port: serverPort, username, password } = new URL(serverUrl);
  await mkdir(folder);
  const users = path.join(folder, 'users.txt');
  const config = path.join(folder, 'pgbouncer.ini');
  await writeFile(users, `"${username}" "${password}"\n`);

  async function run(port: number): Promise<ChildProcess | undefined> {
    const settings = {
      listen_addr: '127.0.0.1',
      listen_port: port,
      unix_socket_dir: '',
      auth_type: 'scram-sha-256',
      auth_file: users,
      pool_mode: 'transaction',
      default_pool_size: 5,
      max_client_conn: 500,
      ...(process.getuid?.() === 0 && { user: UNPRIVILEGED_USER }),
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    const databases = ['[databases]', `* = host=127.0.0.1 port=${serverPort}`];
    await writeFile(config, [...databases, '[pgbouncer]', ...lines].join('\n'));
    return startProgram({ command: 'pgbouncer', args: [config], ready: 'process up' });
  }

  const started = await onFreePort(async (port) => {
    const server = await run(port);
    return server && { port, server };
  });
  if (!started) throw new Error(`PgBouncer does not start in ${folder}.`);
  const { port } = started;
  let { server } = started;
  const kill = () => stopProgram(server, 'SIGKILL');
  return {
    port,
    kill,
    async start() {
      const again = await run(port);
      if (!again) throw new Error('PgBouncer has not started again.');
      server = again;
    },
    [Symbol.asyncDispose]: kill,
  };
}
