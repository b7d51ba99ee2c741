import { expect } from 'vitest';

import type { InputFormat } from '../files/input.ts';
import { inputOf } from '../files/test-input.ts';
import { fileKinds } from '../kinds/index.ts';
import { createMapping } from '../mapping/mapping.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import { cutIntoBatches } from './batches.ts';
import { checkBeginning } from './check-beginning.ts';

export type Options = Partial<MappingOptions> & InputFormat;

/** For tests: the records as `message_id offer_id revenue timestamp`, and the codes of rejected rows; or why the import stops. */
export async function readAsMeant(content: string | Buffer, options: Options): Promise<string[] | string> {
  try {
    const input = await inputOf(content, [64 * 1024], options);
    const given = { map: {}, default: {}, ...options };
    const mapping = createMapping(fileKinds.revenue, given, input);
    const rows = await checkBeginning(fileKinds.revenue, given, input, mapping);
    const found: string[] = [];
    for await (const batch of cutIntoBatches({ ...input, rows }, mapping)) {
      const outcomes = batch.rows.map((_row, index) => {
        const rejection = batch.rejections.find(({ row }) => row === index);
        const record = batch.records[batch.rowOfRecord.indexOf(index)];
        return rejection?.code ?? Object.values(record ?? {}).join(' ');
      });
      found.push(...outcomes);
    }
    mapping.checkFound();
    return found;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A sentence is expected in part, the outcome of rows as it is. */
export const asMatcher = (expected: string[] | string): unknown =>
  typeof expected === 'string' ? expect.stringContaining(expected) : expected;

/** For tests: a header with the columns of the fields, and a day. */
export const H = 'message_id,offer_id,revenue,timestamp\n';
export const D = '2024-01-05';
export const ONE = [`m o 1 ${D}`];
