import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

import { createRandom } from '../../test/lab/random.ts';

export const SEND_LISTS = 5;
export const listNumber = (list: number) => `+1555${String(list).padStart(4, '0')}`;

const FIRST_SENT = Date.parse('2022-01-01T00:00:00Z');
const BETWEEN_MS = 60_000;
const LINES_PER_WRITE = 1_000;

/** Writes the messages of some years as CSV, from the oldest to the latest, with ids as platforms make them. */
export async function writeSends(file: string, count: number, contacts: number): Promise<void> {
  const random = createRandom('sends');
  const output = createWriteStream(file);
  output.write('id,list_number,to_number,send_type,delivered,length,timestamp\n');
  let lines: string[] = [];
  for (let number = 0; number < count; number += 1) {
    // Each contact gets a first message, and then some any others.
    const contact = number % 5 === 0 ? (number / 5) % contacts : random.integer(0, contacts - 1);
    lines.push(
      [
        createHash('md5').update(`send ${number}`).digest('hex'),
        listNumber(1 + (contact % SEND_LISTS)),
        `+1556${String(contact).padStart(7, '0')}`,
        number % 3 === 0 ? 'single' : 'campaign',
        String(number % 20 > 0),
        String(40 + (number % 120)),
        new Date(FIRST_SENT + number * BETWEEN_MS).toISOString(),
      ].join(','),
    );
    if (lines.length < LINES_PER_WRITE && number < count - 1) continue;
    if (!output.write(`${lines.join('\n')}\n`)) await once(output, 'drain');
    lines = [];
  }
  output.end();
  await once(output, 'close');
}
