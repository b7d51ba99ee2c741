import { Prisma } from '../../generated/client.ts';

/** An estimate of what a revenue row takes on disk, with its entry in the index. */
export function storedBytes(table: string): Prisma.Sql {
  return Prisma.raw(`(176 + octet_length(${table}.attribution_type))`);
}
