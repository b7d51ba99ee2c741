import { fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';

import type { Reply } from './orders.ts';

/** A process of ours that carries out orders, so that what keeps us busy does not blur what it measures. */
export interface Helper extends AsyncDisposable {
  /** @throws when it fails, or ends */
  order<T>(what: Serializable): Promise<T>;
}

/** Starts the program in a file, which must serve orders. Disposing of it kills it. */
export async function startHelper(file: URL): Promise<Helper> {
  const child = fork(file, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    detached: true,
  });
  const exited = once(child, 'exit');
  const ended = exited.then(() => Promise.reject(new Error(`${file.pathname} ended by itself.`)));
  ended.catch(() => undefined);
  await Promise.race([once(child, 'message'), ended]);
  return {
    async order<T>(what: Serializable): Promise<T> {
      const answered = once(child, 'message');
      child.send(what);
      const [reply]: Reply<T>[] = await Promise.race([answered, ended]);
      if (!reply) throw new Error(`${file.pathname} said nothing.`);
      if ('error' in reply) throw new Error(reply.error);
      return reply.result;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
