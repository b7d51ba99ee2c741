import type { ChildProcess } from 'node:child_process';

import { startProgram } from './program.ts';

export interface RedisProgramOptions {
  /** Default: redis-server. */
  command?: string;
  port: number;
  /** For its files. */
  directory: string;
  /** Further arguments: what it should keep. */
  args: readonly string[];
}

/**
 * Starts redis-server, or one like it, on loopback, and waits until it answers.
 *
 * @returns undefined when the program is not there, or gives up, as when another process has the port
 */
export function startRedisProgram(options: RedisProgramOptions): Promise<ChildProcess | undefined> {
  const { command = 'redis-server', port, directory, args } = options;
  const common = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', directory, '--save', ''];
  return startProgram({ command, args: [...common, ...args], ready: 'Ready to accept connections' });
}
