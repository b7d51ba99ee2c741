import type { ChunkRef, Rejection } from '@trackly/contract';
import type { Database } from '@trackly/db';

import { Prisma } from '../../../packages/db/src/generated/client.ts';
import { completeChunk, lockChunk, type OpenRecord, type Transaction } from './ledger.ts';

interface Resolved {
  record: OpenRecord;
  messageId: bigint;
  offerId: bigint;
  contact: { id: bigint; lastRevenueAt: Date | null };
}

interface ContactStats {
  revenue: Prisma.Decimal;
  conversions: number;
  lastAt: Date;
}

const TRANSACTION = { timeout: 60_000, maxWait: 60_000 };

/**
 * Saves a chunk as one would at first: reads what its records refer to, writes the rows, and updates one contact after
 * the other, in a transaction. Right, and exactly once.
 */
export function savePlainly(db: Database, chunk: ChunkRef): Promise<object> {
  const accountId = BigInt(chunk.accountId);
  const { importId } = chunk;

  return db.$transaction(async (tx) => {
    const records = await lockChunk(tx, chunk);
    if (records.length === 0) return { saved: false };
    const { resolved, errors } = await resolve(tx, accountId, records);
    await tx.revenueRecord.createMany({
      data: resolved.map(({ record, messageId, offerId, contact }) => ({
        accountId,
        importId,
        recordIndex: record.recordIndex,
        messageId,
        offerId,
        listContactId: contact.id,
        revenue: record.revenue,
        payout: record.payout,
        attributionType: record.attributionType,
        occurredAt: record.occurredAt,
      })),
    });
    await updateContacts(tx, accountId, resolved);
    const successCount = resolved.length;
    await completeChunk(tx, chunk, { successCount, revenueTotal: sumOf(resolved), errors });
    return { saved: true, successCount };
  }, TRANSACTION);
}

async function resolve(tx: Transaction, accountId: bigint, records: OpenRecord[]) {
  const messageRefs = records.map(({ messageRef }) => messageRef);
  const offerRefs = records.map(({ offerRef }) => offerRef);
  const found = await tx.message.findMany({ where: { accountId, publicId: { in: messageRefs } } });
  const messages = new Map(found.map((message) => [message.publicId, message]));
  const offers = new Map<string | null, bigint>();
  // An offer's own id goes before another offer's external id.
  for (const offer of await tx.offer.findMany({ where: { accountId, externalId: { in: offerRefs } } })) {
    offers.set(offer.externalId, offer.id);
  }
  for (const offer of await tx.offer.findMany({ where: { accountId, publicId: { in: offerRefs } } })) {
    offers.set(offer.publicId, offer.id);
  }
  const contactIds = found.map(({ listContactId }) => listContactId);
  // Locked, for others may be changing them; in the order of their ids, for else two chunks may wait for each other.
  await tx.$queryRaw`
    SELECT FROM list_contacts WHERE account_id = ${accountId} AND id = ANY(${contactIds}) ORDER BY id FOR UPDATE`;
  const contacts = await tx.listContact.findMany({ where: { accountId, id: { in: contactIds } } });
  const contactOf = new Map(contacts.map((contact) => [contact.id, contact]));

  const resolved: Resolved[] = [];
  const errors: Rejection[] = [];
  for (const record of records) {
    const fail = (code: Rejection['code']) => errors.push({ index: record.recordIndex, code });
    const message = messages.get(record.messageRef);
    const offerId = offers.get(record.offerRef);
    const contact = message && contactOf.get(message.listContactId);
    if (!message) fail('message_not_found');
    else if (offerId === undefined) fail('offer_not_found');
    else if (!contact) fail('contact_not_found');
    else resolved.push({ record, messageId: message.id, offerId, contact });
  }
  return { resolved, errors };
}

async function updateContacts(tx: Transaction, accountId: bigint, resolved: Resolved[]): Promise<void> {
  const stats = new Map<bigint, ContactStats>();
  for (const { record, contact } of resolved) {
    const { revenue, conversions, lastAt } = stats.get(contact.id) ?? {
      revenue: new Prisma.Decimal(0),
      conversions: 0,
      lastAt: contact.lastRevenueAt ?? record.occurredAt,
    };
    stats.set(contact.id, {
      revenue: revenue.plus(record.revenue),
      conversions: conversions + 1,
      lastAt: record.occurredAt > lastAt ? record.occurredAt : lastAt,
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

function sumOf(resolved: Resolved[]): string {
  const sum = resolved.reduce((total, { record }) => total.plus(record.revenue), new Prisma.Decimal(0));
  return sum.toFixed();
}
