import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { DateTime } from 'luxon';

import { CommandError } from '../../../terminal/command-error.ts';
import { Exact } from '../../exact.ts';
import { cutIntoBatches, type Batch } from '../../imports/batches.ts';
import { checkFileIsWhole, fileHasChanged } from '../../imports/explain.ts';
import type { LineAccount } from '../../files/line-account.ts';
import { openInput } from '../../files/open-input.ts';
import { fromFormer } from '../../mapping/former-options.ts';
import { createMapping } from '../../mapping/mapping.ts';
import type { FileFields } from '../file-fields.ts';
import type { Verifying } from '../file-kind.ts';
import { Sums } from './sums.ts';

/** What the service must hold after it has imported a file. */
export interface Expectation {
  byMonth: Sums;
  /** By the offer ids in the file. */
  byOffer: Sums;
  /** What the lines of the file are. */
  lines: LineAccount;
}

/** The fields that verification reads from a record that the service has saved. */
const SavedRecord = Type.Object({
  offer_id: Type.String(),
  revenue: Type.Union([Type.Number(), Type.String()]),
  timestamp: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

const DECIMALS = 4;

/**
 * Adds up all rows of a file except the rejected ones. Uses none of the service's arithmetic. A record without a time
 * has the time when its import was accepted.
 *
 * @throws CommandError if the file is not the one that was imported, or the month of a record is unknown
 */
export async function expectFrom(
  fields: FileFields,
  { file, title, imported, acceptedAt }: Verifying,
  onProgress: (bytes: number, records: number) => void,
): Promise<Expectation> {
  const input = await openInput(file, imported.options);
  const expected = { byMonth: new Sums(), byOffer: new Sums(), lines: input.account };
  let end = 0;
  try {
    const options = imported.isFormer ? fromFormer(fields, imported.options) : imported.options;
    const mapping = createMapping(fields, options, input);
    for await (const batch of cutIntoBatches(input, mapping)) {
      const outcome = imported.outcomes.get(batch.position);
      if (outcome?.hash !== batch.hash) throw fileHasChanged({ title, name: imported.name }, batch, imported);
      const rejected = new Set(outcome.rejected.flatMap(({ rows }) => rows));
      batch.records.forEach((sent, index) => {
        if (rejected.has(batch.rowOfRecord[index] ?? index)) return;
        const record = Value.Parse(SavedRecord, sent);
        const revenue = new Exact(record.revenue).toDecimalPlaces(DECIMALS, Exact.ROUND_HALF_UP);
        const time = record.timestamp ?? acceptedAt(outcome.import_id);
        if (time === undefined) throw timeIsForgotten(title, batch);
        expected.byMonth.add(monthOf(time), 1, revenue);
        expected.byOffer.add(record.offer_id, 1, revenue);
      });
      end = batch.position + batch.rows.length;
      onProgress(batch.bytes, end);
    }
    checkFileIsWhole(title, imported, end);
  } finally {
    input.close();
  }
  return expected;
}

/** Matches a timestamp with an offset, whose month in UTC may be another one. */
const WITH_OFFSET = /T.*[+-]/;

function monthOf(time: string): string {
  return (WITH_OFFSET.test(time) ? DateTime.fromISO(time, { zone: 'utc' }).toFormat('yyyy-MM') : time).slice(0, 7);
}

function timeIsForgotten(title: string, { rows }: Batch): CommandError {
  return new CommandError(
    `Lines ${rows[0]?.line} to ${rows.at(-1)?.line} of ${title} have records without a time. They got the time of ` +
      'their import, which the service no longer holds: their months cannot be compared.',
  );
}
