import { spawn, type ChildProcess } from 'node:child_process';

export interface RedisProgramOptions {
  port: number;
  /** For its files. */
  directory: string;
  /** Further arguments: what it should keep. */
  args: string[];
}

/**
 * Starts redis-server on loopback, in a process group of its own, which Ctrl-C does not reach, and waits until it
 * answers.
 *
 * @returns undefined when the program is not there, or gives up, as when another process has the port
 */
export async function startRedisProgram(options: RedisProgramOptions): Promise<ChildProcess | undefined> {
  const { port, directory, args } = options;
  const common = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', directory, '--save', ''];
  const server = spawn('redis-server', [...common, ...args], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const { promise, resolve } = Promise.withResolvers<ChildProcess | undefined>();
  server.once('error', () => resolve(undefined));
  server.once('exit', () => resolve(undefined));
  server.stdout.on('data', (text: Buffer) => {
    if (text.includes('Ready to accept connections')) resolve(server);
  });
  return promise;
}
