import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Value } from '@sinclair/typebox/value';

import { endProcess } from '../processes.ts';
import { LoadReply, type LoadOrder, type LoadResult } from './messages.ts';

/** A client of the API, a process of its own, so that it takes no time of what is measured. Disposing of it ends it. */
export interface LoadClient extends AsyncDisposable {
  pid: number;
  /** @throws when an answer of the API is not the expected one */
  send(order: LoadOrder): Promise<LoadResult>;
}

export function startLoadClient(): LoadClient {
  const child = fork(fileURLToPath(new URL('client.ts', import.meta.url)), { execArgv: [], detached: true });
  return {
    pid: child.pid ?? 0,
    async send(order) {
      const replied = once(child, 'message');
      child.send(order);
      const [reply]: unknown[] = await Promise.race([
        replied,
        once(child, 'exit').then(() => [{ error: 'The load client has ended.' }]),
      ]);
      const result = Value.Parse(LoadReply, reply);
      if ('error' in result) throw new Error(result.error);
      return result;
    },
    [Symbol.asyncDispose]: () => endProcess(child),
  };
}
