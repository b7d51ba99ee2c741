import { formatNumber } from '../../../terminal/format-number.ts';
import { showProgress } from '../../../terminal/progress.ts';
import { formatTable } from '../../../terminal/table.ts';
import { inputSize } from '../../files/byte-source.ts';
import { describeLines } from '../../files/line-account.ts';
import type { FileFields } from '../file-fields.ts';
import type { Verification, Verifying } from '../file-kind.ts';
import { compare, type Comparison } from './compare.ts';
import { expectFrom } from './expectation.ts';
import { readHoldings } from './holdings.ts';

/** Compares the records and the revenue of a file, by month and by offer, exactly with the service's reports. */
export async function verify(fields: FileFields, verifying: Verifying): Promise<Verification> {
  const { client, file, importIds, json } = verifying;
  const reading = showProgress({ totalBytes: await inputSize(file), noun: 'records read', json });
  const expected = await expectFrom(fields, verifying, (bytes, records) => reading.update(bytes, { records })).finally(
    () => reading.stop(),
  );
  const asking = showProgress({ totalBytes: importIds.length, noun: 'batches compared', json });
  const holdings = await readHoldings(client, importIds, (asked) => asking.update(asked, { records: asked })).finally(
    () => asking.stop(),
  );
  const comparison = compare(expected, holdings);
  return {
    isSame: comparison.differences.length === 0,
    text: describe(file, comparison),
    details: comparison,
  };
}

function describe(file: string, { file: expected, service, months, offers, lines, differences }: Comparison): string {
  const count = (value: number, noun: string) => `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;
  const lineAccount = `Lines of the file: ${describeLines(lines)}.`;
  if (differences.length === 0) {
    return [
      `${file} and the service agree: ${count(expected.records, 'record')}, revenue ${expected.revenue},`,
      `the same in each of ${count(months, 'month')} and of ${count(offers, 'offer')}.`,
      lineAccount,
    ].join('\n');
  }
  const rows = differences.map((difference) => [
    difference.by,
    difference.key,
    formatNumber(difference.file.records),
    formatNumber(difference.service.records),
    difference.file.revenue,
    difference.service.revenue,
  ]);
  return [
    `${file} and the service differ: ${formatNumber(expected.records)} records in the file, ${formatNumber(service.records)} in the ` +
      `service; revenue ${expected.revenue} and ${service.revenue}.`,
    lineAccount,
    formatTable(['BY', '', 'RECORDS: FILE', 'SERVICE', 'REVENUE: FILE', 'SERVICE'], rows),
  ].join('\n');
}
