import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';

import { LIST_NUMBER, messageId, mistakes, phoneNumber, type ContactRow, type Row, type SendRow } from './mistakes.ts';
import { seededRandom } from './random.ts';

export const CONTACTS = 10_000;
/** Of them, some are not in the file of contacts: their sends add them. */
const PEOPLE = 10_200;
export const OFFERS = 200;
export const SENDS = 30_000;
/** People who are deleted before the revenue is imported: revenue of their messages is rejected. */
const GONE_PEOPLE = 20;
/** Every fiftieth record (2 %) is invalid. */
const WRONG_EVERY = 50;
const TWO_YEARS_MS = 2 * 365 * 86_400_000;
const SEED = 20_260_101;

export interface DemoFiles {
  contacts: string;
  offers: string;
  sends: string;
  revenue: string;
  /** Phone numbers of the people to delete before the revenue is imported. */
  gone: string[];
}

/** Writes the history of a list, with `recordCount` records of revenue. The same day gives the same files. */
export async function generateFiles(directory: string, recordCount: number, today: Date): Promise<DemoFiles> {
  const random = seededRandom(SEED);
  const below = (limit: number) => Math.floor(random() * limit);
  /** Squares an even distribution, so that a few numbers occur most often. */
  const skewedBelow = (limit: number) => Math.floor(random() ** 2 * limit);
  const pick = <T>(items: readonly T[]) => items[below(items.length)]!;

  const files = {
    contacts: path.join(directory, 'contacts.csv'),
    offers: path.join(directory, 'offers.csv'),
    sends: path.join(directory, 'sends.csv'),
    revenue: path.join(directory, 'revenue.csv'),
    gone: Array.from({ length: GONE_PEOPLE }, (_, index) => phoneNumber((index + 1) * 401)),
  };
  const time = () => new Date(today.getTime() - below(TWO_YEARS_MS));

  await writeCsv(
    files.contacts,
    CONTACTS,
    (index): ContactRow => ({
      phone_number: phoneNumber(index),
      list_number: LIST_NUMBER,
      signup_date: time().toISOString().slice(0, 10),
      first_name: pick(['Ada', 'Bea', 'Carl', 'Dan', '']),
    }),
    mistakes.contacts,
  );
  await writeCsv(
    files.offers,
    OFFERS,
    (index) => ({
      id: `offer_${index}`,
      name: `Offer ${index}`,
      external_id: index % 4 === 0 ? `ext-${index}` : '',
    }),
    [],
  );
  await writeCsv(
    files.sends,
    SENDS,
    (index): SendRow => ({
      id: messageId(index),
      list_number: LIST_NUMBER,
      to_number: phoneNumber(index < PEOPLE ? index : skewedBelow(PEOPLE)),
      timestamp: time().toISOString(),
      send_type: pick(['campaign', 'single']),
      delivered: pick(['true', 'true', 'false', '']),
    }),
    mistakes.sends,
  );

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
  const sent = () => {
    const index = skewedBelow(SENDS);
    return messageId(isWrong(index) ? index + 1 : index);
  };
  await writeCsv(
    files.revenue,
    recordCount,
    () => ({
      message_id: sent(),
      offer_id: offer(),
      revenue: pick(amounts)(),
      payout: random() < 0.3 ? pick(amounts)() : '',
      attribution_type: pick(['', 'sale', 'click', 'migration']),
      timestamp: pick(timestamps)(),
    }),
    mistakes.revenue,
  );
  return files;
}

function isWrong(index: number): boolean {
  return index % WRONG_EVERY === 7;
}

/** Writes `count` rows. In every fiftieth, some values are replaced by the next of `wrong`. */
async function writeCsv<T extends Row>(file: string, count: number, row: (index: number) => T, wrong: Partial<T>[]) {
  const stream = createWriteStream(file);
  for (let index = 0; index < count; index += 1) {
    const mistake = isWrong(index) ? wrong[Math.floor(index / WRONG_EVERY) % wrong.length] : undefined;
    const values = { ...row(index), ...mistake };
    if (index === 0) stream.write(`${Object.keys(values).join(',')}\n`);
    const line = Object.values(values).map((value) => (value.includes(',') ? `"${value}"` : value));
    if (!stream.write(`${line.join(',')}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}
