import { writeFile } from 'node:fs/promises';

import type { Account } from '../../lab/catalog.ts';
import type { Random } from '../../lab/random.ts';

/** What a file of history must bring. */
export interface HistoryFile {
  file: string;
  /** Ten-thousandths of each record that can be imported, in the order of the file; no two are the same. */
  revenues: number[];
  /** Of each record that cannot, in the order of the file. */
  rejectedLines: number[];
}

const UNKNOWN_EVERY = 40;

/** Writes a file of history in which every record can be told from every other by its revenue. */
export async function writeHistory(
  file: string,
  account: Account,
  records: number,
  random: Random,
): Promise<HistoryFile> {
  const lines = ['message_id,offer_id,revenue,timestamp'];
  const revenues: number[] = [];
  const rejectedLines: number[] = [];
  for (let index = 0; index < records; index += 1) {
    const isUnknown = random.integer(1, UNKNOWN_EVERY) === 1;
    const message = isUnknown ? 'unknown' : random.pick(account.messages).id;
    const revenue = index + 1;
    lines.push(
      `${message},${random.pick(account.offers)},${(revenue / 10_000).toFixed(4)},2025-0${random.integer(1, 9)}-15`,
    );
    if (isUnknown) rejectedLines.push(lines.length);
    else revenues.push(revenue);
  }
  await writeFile(file, `${lines.join('\n')}\n`);
  return { file, revenues, rejectedLines };
}
