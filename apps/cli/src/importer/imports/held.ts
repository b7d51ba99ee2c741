import type { ImportFilters, ListedImport, TracklyClient } from '@trackly/client';

import { parseIdempotencyKey, type BatchKey } from './batch-key.ts';

/** A batch that the service has. */
export interface HeldBatch extends BatchKey {
  import: ListedImport;
}

/** Finds what the service has under some names, of a kind or of all, whatever a journal says; the latest first. */
export async function findHeldBatches(
  client: TracklyClient,
  isWanted: (name: string) => boolean,
  { signal, ...filters }: Pick<ImportFilters, 'kind'> & { signal?: AbortSignal } = {},
): Promise<HeldBatch[]> {
  const found: HeldBatch[] = [];
  for await (const listed of client.listImports(filters, { signal })) {
    const key = parseIdempotencyKey(listed.idempotency_key);
    if (key && isWanted(key.name)) found.push({ ...key, import: listed });
  }
  return found;
}
