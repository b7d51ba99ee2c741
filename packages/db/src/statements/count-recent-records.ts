import type { Database } from '../client.ts';

/** Counts the records whose chunks were completed in the last seconds, saved or refused. */
export async function countRecentRecords(db: Database, seconds: number): Promise<number> {
  const [row] = await db.$queryRaw<{ records: number }[]>`
    /* count-recent-records */
    SELECT coalesce(sum(record_count), 0)::integer AS records
    FROM import_chunks
    WHERE completed_at > now() - make_interval(secs => ${seconds})`;
  return row?.records ?? 0;
}
