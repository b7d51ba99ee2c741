import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Value } from '@sinclair/typebox/value';

import { stopProgram } from '../../test/support/program.ts';
import { LoadReply, type Load, type LoadResult, type Question } from './messages.ts';

/** A client of the API, a process of its own, so that it takes no time of what is measured. Disposing of it ends it. */
export interface LoadClient extends AsyncDisposable {
  pid: number;
  /** @throws when an answer of the API is not the expected one, or the run is interrupted */
  send(order: Load): Promise<LoadResult>;
  ask(order: Question): Promise<LoadResult>;
}

export function startLoadClient(interrupted: AbortSignal): LoadClient {
  const child = fork(fileURLToPath(new URL('client.ts', import.meta.url)), { execArgv: [], detached: true });

  async function order(message: Load | Question): Promise<LoadResult> {
    const over = new AbortController();
    const signal = AbortSignal.any([interrupted, over.signal]);
    const ended = async () => {
      await once(child, 'exit', { signal });
      return [{ error: 'The load client has ended.' }];
    };
    const exited = ended();
    exited.catch(() => undefined);
    try {
      const replied = once(child, 'message', { signal });
      child.send(message);
      const [reply]: unknown[] = await Promise.race([replied, exited]);
      const result = Value.Parse(LoadReply, reply);
      if ('error' in result) throw new Error(result.error);
      return result;
    } finally {
      over.abort();
    }
  }

  return {
    pid: child.pid ?? 0,
    send: order,
    ask: order,
    [Symbol.asyncDispose]: () => stopProgram(child),
  };
}
