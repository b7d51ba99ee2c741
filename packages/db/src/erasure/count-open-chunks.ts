import { kindSpecs, type KindSpec } from '@trackly/contract';

import { recordsTable } from '../chunk-records.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { mentions } from './mentions.ts';

/** Counts an account's open chunks with a record that mentions a phone number: their records are not saved yet. */
export async function countOpenChunksWith(db: Database, accountId: string, phoneNumber: string): Promise<number> {
  const { isMentioned } = mentions(phoneNumber);
  const ofKinds = Object.values<KindSpec>(kindSpecs).flatMap((kind) => {
    const texts = Object.entries(kind.fields).filter(
      ([, { column, isForgotten = false }]) => (column === 'text' || column === 'json') && !isForgotten,
    );
    const conditions = texts.map(
      ([name]) =>
        Prisma.sql`EXISTS (
          SELECT FROM unnest(open.${Prisma.raw(`"${name}"`)}) AS each (value) WHERE ${isMentioned('each.value::text')}
        )`,
    );
    return conditions.length === 0
      ? []
      : [
          Prisma.sql`SELECT FROM ${recordsTable(kind)} AS open
            WHERE open.account_id = ${accountId}::bigint AND (${Prisma.join(conditions, ' OR ')})`,
        ];
  });
  const [found] = await db.$queryRaw<{ count: number }[]>`
    /* count-open-chunks-with */
    SELECT count(*)::integer AS count FROM (${Prisma.join(ofKinds, ' UNION ALL ')}) AS chunk`;
  return found?.count ?? 0;
}
