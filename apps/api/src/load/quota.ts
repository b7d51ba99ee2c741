import { MAX_KEPT_IMPORT_BYTES } from '@trackly/contract';
import { OPEN_CHUNK_BYTES, OPEN_RECORD_BYTES, type AccountUsage } from '@trackly/db';
import plugin from 'fastify-plugin';

import { RequestError } from '../http/request-error.ts';
import type { Services } from '../services.ts';

export type QuotaOptions = Pick<Services, 'watch' | 'maxKeptBytesPerAccount' | 'maxStoredBytesPerAccount'>;

/** What an import adds to the usage of its account. */
export interface Addition extends Pick<AccountUsage, 'keptBytes' | 'storedBytes'> {
  /** The number of its chunks, and of the records in them. */
  chunks: number;
  records: number;
}

/** Refuses imports of an account that has used up its storage, before their body is read. */
export const quota = plugin<QuotaOptions>((app, options, done) => {
  const { usage } = options.watch;
  app.addHook('onRequest', async ({ accountId }) => {
    await usage.watch(accountId);
    if (usage.storedBytes(accountId) >= options.maxStoredBytesPerAccount) throw new RequestError('quota_exceeded');
  });
  done();
});

/** How many bytes of rejected records the next import of an account may keep. */
export function keptBytesLeft({ watch, maxKeptBytesPerAccount }: QuotaOptions, accountId: string): number {
  const left = maxKeptBytesPerAccount - watch.usage.keptBytes(accountId);
  return Math.max(0, Math.min(MAX_KEPT_IMPORT_BYTES, left));
}

/**
 * Takes from the storage of an account what an import needs, at most. The database tells soon what it takes in fact.
 *
 * @throws RequestError `quota_exceeded` if there is not so much left
 */
export function takeFromQuota(
  { watch: { usage }, maxStoredBytesPerAccount }: QuotaOptions,
  accountId: string,
  { keptBytes, storedBytes, chunks, records }: Addition,
): void {
  const added = storedBytes + chunks * OPEN_CHUNK_BYTES + records * OPEN_RECORD_BYTES;
  if (usage.storedBytes(accountId) + added > maxStoredBytesPerAccount) throw new RequestError('quota_exceeded');
  usage.add(accountId, { keptBytes, storedBytes: added });
}
