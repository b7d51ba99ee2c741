import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';

import { seededRandom } from './random.ts';

const CONTACTS = 20_000;
const MESSAGES = 60_000;
const OFFERS = 200;
/** Contacts that are deleted before the import: records of their messages are rejected. */
const GONE_CONTACTS = 40;
/** Every fiftieth record (2 %) is invalid. */
const WRONG_EVERY = 50;
const TWO_YEARS_MS = 2 * 365 * 86_400_000;
const SEED = 20_260_101;

export interface DemoFiles {
  messages: string;
  offers: string;
  revenue: string;
  /** Phone numbers of the contacts to delete before the import. */
  gone: string[];
}

/** Writes a catalog and a history of `recordCount` records that refer to it. The same day gives the same files. */
export async function generateFiles(directory: string, recordCount: number, today: Date): Promise<DemoFiles> {
  const random = seededRandom(SEED);
  const below = (limit: number) => Math.floor(random() * limit);
  /** Squares an even distribution, so that a few numbers occur most often. */
  const skewedBelow = (limit: number) => Math.floor(random() ** 2 * limit);
  const pick = <T>(items: readonly T[]) => items[below(items.length)]!;

  const files = {
    messages: path.join(directory, 'messages.csv'),
    offers: path.join(directory, 'offers.csv'),
    revenue: path.join(directory, 'revenue.csv'),
    gone: Array.from({ length: GONE_CONTACTS }, (_, index) => phoneNumber((index + 1) * 401)),
  };
  const time = () => new Date(today.getTime() - below(TWO_YEARS_MS));

  await writeCsv(files.offers, ['offer_id', 'name', 'external_id'], OFFERS, (index) => [
    `offer_${index}`,
    `Offer ${index}`,
    index % 4 === 0 ? `ext-${index}` : '',
  ]);
  await writeCsv(files.messages, ['message_id', 'list_number', 'phone_number', 'sent_at'], MESSAGES, (index) => [
    messageId(index),
    `+1555000${1000 + (index % 3)}`,
    phoneNumber(index < CONTACTS ? index : skewedBelow(CONTACTS)),
    time().toISOString(),
  ]);

  const amounts = [
    () => `${below(90)}.${String(below(100)).padStart(2, '0')}`,
    () => `${below(40)}.99`,
    () => `${5 * below(40)}`,
    () => `${below(30)}.5`,
    () => `${below(9)}.${String(below(10_000)).padStart(4, '0')}`,
    () => `0${below(9)}.${below(100_000)}`,
    () => `${1000 + below(9000)}.00`,
  ];
  const timestamps = [
    () => time().toISOString(),
    () => time().toISOString().slice(0, 10),
    () => `${time().toISOString().slice(0, 19)}+02:00`,
    () => time().toISOString().slice(0, 16),
    () => '',
  ];
  const offer = () => {
    const index = skewedBelow(OFFERS);
    return index % 4 === 0 && random() < 0.5 ? `ext-${index}` : `offer_${index}`;
  };
  const rightRow = (): Row => ({
    message_id: messageId(skewedBelow(MESSAGES)),
    offer_id: offer(),
    revenue: pick(amounts)(),
    payout: random() < 0.3 ? pick(amounts)() : '',
    attribution_type: pick(['', 'sale', 'click', 'migration']),
    timestamp: pick(timestamps)(),
  });

  const columns = Object.keys(rightRow());
  await writeCsv(files.revenue, columns, recordCount, (index) => {
    const wrong = index % WRONG_EVERY === 7 ? mistakes[Math.floor(index / WRONG_EVERY) % mistakes.length] : undefined;
    return Object.values({ ...rightRow(), ...wrong });
  });
  return files;
}

interface Row {
  message_id: string;
  offer_id: string;
  revenue: string;
  payout: string;
  attribution_type: string;
  timestamp: string;
}

/** Every documented reason for which a record of a CSV file is rejected. */
const mistakes: Partial<Row>[] = [
  { message_id: '' },
  { message_id: 'm'.repeat(256) },
  { offer_id: '' },
  { offer_id: 'o'.repeat(256) },
  { revenue: '' },
  { revenue: '24,99' },
  { revenue: '1,299.00' },
  { revenue: '-5.00' },
  { payout: 'n/a' },
  { attribution_type: 'a'.repeat(65) },
  { timestamp: '11/15/2025' },
  { timestamp: '2025-02-30' },
  { message_id: 'hist_unknown' },
  { offer_id: 'offer_unknown' },
  { message_id: messageId(401) },
];

function messageId(index: number): string {
  return `hist_${String(index).padStart(6, '0')}`;
}

function phoneNumber(index: number): string {
  return `+1556${String(index).padStart(7, '0')}`;
}

async function writeCsv(file: string, header: string[], count: number, row: (index: number) => string[]) {
  const stream = createWriteStream(file);
  stream.write(`${header.join(',')}\n`);
  for (let index = 0; index < count; index += 1) {
    const line = row(index).map((value) => (value.includes(',') ? `"${value}"` : value));
    if (!stream.write(`${line.join(',')}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}
