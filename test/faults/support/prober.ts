import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('prober-process.ts', import.meta.url));

export interface Probe {
  status: number;
  ms: number;
}

export interface Prober {
  /** @returns what all probes got */
  stop(): Promise<Probe[]>;
}

export interface ProbeOptions {
  url: string;
  apiKey: string;
  body: string;
}

/**
 * Sends a request now and then, from a process of its own: what keeps ours busy does not count. Settles when the first
 * one is answered.
 */
export async function startProber(options: ProbeOptions): Promise<Prober> {
  const prober = fork(PROCESS, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(prober, 'exit');
  const ended = exited.then(() => Promise.reject(new Error('The prober ended by itself.')));
  ended.catch(() => undefined);
  await Promise.race([once(prober, 'message'), ended]);
  return {
    async stop() {
      const answered = once(prober, 'message');
      prober.send('stop');
      const [probes] = await Promise.race([answered, ended]);
      await exited;
      return probes;
    },
  };
}
