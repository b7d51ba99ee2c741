import { Prisma } from '../../generated/client.ts';

export { CONTACT_BYTES, LIST_CONTACT_BYTES } from '../contacts/stored-bytes.ts';

/** An estimate of what a message takes on disk, with its entries in the indexes. One of them has its id. */
export function messageBytes({ id, sendType }: { id: string; sendType: string }): Prisma.Sql {
  return Prisma.raw(`(200 + octet_length(${id}) * 3 + coalesce(octet_length(${sendType}), 0) * 9 / 8)`);
}
