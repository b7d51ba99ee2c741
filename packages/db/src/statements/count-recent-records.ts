import type { Database } from '../client.ts';

/** Counts the records of all chunks that were completed in the last `seconds`, except those of dry runs. */
export async function countRecentRecords(db: Database, seconds: number): Promise<number> {
  const [row] = await db.$queryRaw<{ records: number }[]>`
    /* count-recent-records */
    SELECT coalesce(sum(chunk.record_count), 0)::integer AS records
    FROM import_chunks AS chunk
    JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
    WHERE chunk.completed_at > now() - make_interval(secs => ${seconds}) AND NOT imports.is_dry_run`;
  return row?.records ?? 0;
}
