import type { ImportFilters, ListedImport, TracklyClient } from '@trackly/client';

import { parseIdempotencyKey, type HeldKey } from './batch-key.ts';

/** A batch that the service holds. */
export interface HeldBatch extends HeldKey {
  import: ListedImport;
}

/** Finds the batches that the service holds under some names, of one kind or of all kinds, the latest first. */
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
