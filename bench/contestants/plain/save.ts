import type { ChunkRef, RevenueRecordErrorCode } from '@trackly/contract';
import type { Database } from '@trackly/db';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

import { Prisma } from '../../../packages/db/src/generated/client.ts';

/** As the ledger holds them. */
const Records = Type.Array(
  Type.Object({
    record_index: Type.Integer(),
    message_id: Type.String(),
    offer_id: Type.String(),
    revenue: Type.Number(),
    payout: Type.Optional(Type.Number()),
    attribution_type: Type.Optional(Type.String()),
    occurred_at: Type.Optional(Type.String()),
  }),
);
type Record = Static<typeof Records>[number];

interface Resolved {
  record: Record;
  messageId: bigint;
  offerId: bigint;
  contact: { id: bigint; lastRevenueAt: Date | null };
  occurredAt: Date;
}

interface ContactStats {
  revenue: Prisma.Decimal;
  conversions: number;
  lastAt: Date;
}

type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0];

const TRANSACTION = { timeout: 60_000, maxWait: 60_000 };

/**
 * Saves a chunk as one would at first: reads what its records refer to, writes the rows, and updates one contact after
 * the other, in a transaction. Right, and exactly once.
 */
export function savePlainly(db: Database, { accountId: account, importId, chunkIndex }: ChunkRef): Promise<object> {
  const accountId = BigInt(account);
  const accountId_importId_chunkIndex = { accountId, importId, chunkIndex };

  return db.$transaction(async (tx) => {
    await tx.$queryRaw`
      SELECT FROM import_chunks
      WHERE account_id = ${accountId} AND import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}
      FOR UPDATE`;
    const chunk = await tx.importChunk.findUniqueOrThrow({
      where: { accountId_importId_chunkIndex },
      include: { import: true },
    });
    if (chunk.completedAt) return { saved: false };

    const records = Value.Parse(Records, chunk.records);
    const { resolved, errors } = await resolve(tx, accountId, records, chunk.import.createdAt);
    await tx.revenueRecord.createMany({
      data: resolved.map(({ record, messageId, offerId, contact, occurredAt }) => ({
        accountId,
        importId,
        recordIndex: record.record_index,
        messageId,
        offerId,
        listContactId: contact.id,
        revenue: record.revenue,
        payout: record.payout ?? null,
        attributionType: record.attribution_type ?? 'sale',
        occurredAt,
      })),
    });
    await updateContacts(tx, accountId, resolved);
    await tx.importChunk.update({
      where: { accountId_importId_chunkIndex },
      data: {
        records: Prisma.DbNull,
        completedAt: new Date(),
        successCount: resolved.length,
        revenueTotal: sumOf(resolved),
        errors,
      },
    });
    return { saved: true, successCount: resolved.length };
  }, TRANSACTION);
}

async function resolve(tx: Transaction, accountId: bigint, records: Record[], acceptedAt: Date) {
  const messageIds = records.map(({ message_id }) => message_id);
  const offerIds = records.map(({ offer_id }) => offer_id);
  const found = await tx.message.findMany({ where: { accountId, publicId: { in: messageIds } } });
  const messages = new Map(found.map((message) => [message.publicId, message]));
  const offers = new Map<string | null, bigint>();
  // An offer's own id goes before another offer's external id.
  for (const offer of await tx.offer.findMany({ where: { accountId, externalId: { in: offerIds } } })) {
    offers.set(offer.externalId, offer.id);
  }
  for (const offer of await tx.offer.findMany({ where: { accountId, publicId: { in: offerIds } } })) {
    offers.set(offer.publicId, offer.id);
  }
  const contactIds = found.map(({ listContactId }) => listContactId);
  // Locked, for others may be changing them; in the order of their ids, for else two chunks may wait for each other.
  await tx.$queryRaw`
    SELECT FROM list_contacts WHERE account_id = ${accountId} AND id = ANY(${contactIds}) ORDER BY id FOR UPDATE`;
  const contacts = await tx.listContact.findMany({ where: { accountId, id: { in: contactIds } } });
  const contactOf = new Map(contacts.map((contact) => [contact.id, contact]));

  const resolved: Resolved[] = [];
  const errors: { index: number; code: RevenueRecordErrorCode }[] = [];
  for (const record of records) {
    const message = messages.get(record.message_id);
    const offerId = offers.get(record.offer_id);
    const fail = (code: RevenueRecordErrorCode) => errors.push({ index: record.record_index, code });
    if (!message) fail('message_not_found');
    else if (offerId === undefined) fail('offer_not_found');
    else {
      const contact = contactOf.get(message.listContactId);
      const occurredAt = record.occurred_at === undefined ? acceptedAt : new Date(record.occurred_at);
      if (!contact) fail('contact_not_found');
      else resolved.push({ record, messageId: message.id, offerId, contact, occurredAt });
    }
  }
  return { resolved, errors };
}

async function updateContacts(tx: Transaction, accountId: bigint, resolved: Resolved[]): Promise<void> {
  const stats = new Map<bigint, ContactStats>();
  for (const { record, contact, occurredAt } of resolved) {
    const { revenue, conversions, lastAt } = stats.get(contact.id) ?? {
      revenue: new Prisma.Decimal(0),
      conversions: 0,
      lastAt: contact.lastRevenueAt ?? occurredAt,
    };
    stats.set(contact.id, {
      revenue: revenue.plus(record.revenue),
      conversions: conversions + 1,
      lastAt: occurredAt > lastAt ? occurredAt : lastAt,
    });
  }
  for (const [id, { revenue, conversions, lastAt }] of stats) {
    await tx.listContact.update({
      where: { accountId_id: { accountId, id } },
      data: {
        revenueTotal: { increment: revenue },
        conversionCount: { increment: conversions },
        lastRevenueAt: lastAt,
      },
    });
  }
}

function sumOf(resolved: Resolved[]): Prisma.Decimal {
  return resolved.reduce((sum, { record }) => sum.plus(record.revenue), new Prisma.Decimal(0));
}
