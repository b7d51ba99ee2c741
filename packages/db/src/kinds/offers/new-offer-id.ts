import { Prisma } from '../../generated/client.ts';

/**
 * The id of an offer that comes without one: the same whenever its record is saved, and other than that of every other
 * record.
 *
 * @param recordIndex an expression
 */
export function newOfferId(importId: string, recordIndex: string): Prisma.Sql {
  return Prisma.sql`'offer_' || left(md5(${importId}::text || '/' || ${Prisma.raw(recordIndex)}), 20)`;
}
