import type { RequestErrorCode } from '@trackly/contract';
import plugin from 'fastify-plugin';

import type { Services } from '../services.ts';
import { RequestError } from '../http/request-error.ts';

export type AdmissionOptions = Pick<Services, 'watch' | 'maxOpenChunks' | 'maxOpenChunksPerAccount'>;

/** Decides whether a new import can be accepted, before its body is read. */
export const admission = plugin<AdmissionOptions>((app, options, done) => {
  const { watch } = options;

  app.addHook('onRequest', async ({ accountId }) => {
    const refusal = refusalFor(accountId);
    if (refusal) throw new RequestError(refusal);
  });

  function refusalFor(accountId: string): RequestErrorCode | undefined {
    return watch.queueIsUp ? fullLedger(options, accountId) : 'unavailable';
  }
  done();
});

/**
 * Says why the ledger takes no more work of an account; undefined if it does. An account that has nothing open is always
 * accepted, so that no others can fill the ledger and lock it out.
 */
export function fullLedger(
  { watch: { backlog }, maxOpenChunks, maxOpenChunksPerAccount }: AdmissionOptions,
  accountId: string,
): 'too_many_pending' | 'overloaded' | undefined {
  const openChunks = backlog.of(accountId);
  if (openChunks >= maxOpenChunksPerAccount) return 'too_many_pending';
  return openChunks > 0 && backlog.total >= maxOpenChunks ? 'overloaded' : undefined;
}
