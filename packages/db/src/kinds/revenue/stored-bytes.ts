import { Prisma } from '../../generated/client.ts';

/**
 * An estimate of what a revenue row takes on disk, with its entry in the index. Its only long text adds more than its
 * length: fewer rows fit on a page, and more of the page stays empty.
 */
export function storedBytes(table: string): Prisma.Sql {
  return Prisma.raw(`(176 + octet_length(${table}.attribution_type) * 9 / 8)`);
}
