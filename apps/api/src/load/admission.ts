import type { RequestErrorCode } from '@trackly/contract';
import plugin from 'fastify-plugin';

import type { Services } from '../services.ts';
import { RequestError } from '../http/request-error.ts';

export type AdmissionOptions = Pick<Services, 'watch' | 'maxOpenChunks' | 'maxOpenChunksPerAccount'>;

/** Decides whether a new import can be accepted, before its body is read. */
export const admission = plugin<AdmissionOptions>((app, options, done) => {
  const { watch, maxOpenChunks, maxOpenChunksPerAccount } = options;

  app.addHook('onRequest', async ({ accountId }) => {
    const refusal = refusalFor(accountId);
    if (refusal) throw new RequestError(refusal);
  });

  function refusalFor(accountId: string): RequestErrorCode | undefined {
    if (!watch.queueIsUp) return 'unavailable';
    if (watch.backlog.of(accountId) >= maxOpenChunksPerAccount) return 'too_many_pending';
    return watch.backlog.total >= maxOpenChunks ? 'overloaded' : undefined;
  }
  done();
});
