import { Prisma } from '../../generated/client.ts';

/** An estimate of what an offer takes on disk, with its entries in the indexes, which repeat both ids. */
export function storedBytes(table: string): Prisma.Sql {
  const lengthOf = (column: string) => `octet_length(coalesce(${table}.${column}, ''))`;
  return Prisma.raw(
    `(320 + (${lengthOf('public_id')} + ${lengthOf('external_id')}) * 7 / 2 + ` +
      `(${lengthOf('name')} + ${lengthOf('tracking_url')}) * 9 / 8)`,
  );
}
