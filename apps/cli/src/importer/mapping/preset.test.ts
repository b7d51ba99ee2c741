import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { CommandError } from '../../terminal/command-error.ts';
import { fileKinds } from '../kinds/index.ts';
import { createMapping } from './mapping.ts';
import { mergeOptions, readPreset } from './preset.ts';

const directory = mkdtempSync(join(tmpdir(), 'preset-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileOf(content: string): string {
  const file = join(directory, 'mine.json');
  writeFileSync(file, content);
  return file;
}

test('a file has the options, and may leave out any', () => {
  const options = {
    map: { message_id: ['sub1', 'sub2'], revenue: 'Quantity*UnitPrice' },
    default: { attribution_type: 'migration' },
    timezone: 'Europe/Berlin',
    date_format: 'dd.MM.yyyy HH:mm',
    decimal_comma: true,
  };
  expect(readPreset(fileKinds.revenue, fileOf(JSON.stringify(options)))).toEqual(options);
  expect(readPreset(fileKinds.revenue, fileOf('{}'))).toEqual({ map: {}, default: {} });
});

test.each([
  [
    '{"map": {"revenu": "Total"}}',
    'there is no map.revenu; there are message_id, offer_id, revenue, payout, attribution_type, timestamp.',
  ],
  [
    '{"map": {"revenue": 5}}',
    'map.revenue must be the name of a column, a product of columns (Quantity*UnitPrice), ' +
      'a date and a time (Day+Time) or a list of names that it may have.',
  ],
  ['{"map": "revenue=Total"}', 'map must be an object with fields of a record.'],
  ['{"default": {"payout": 0}}', 'default.payout must be text.'],
  ['{"timezone": ""}', 'timezone must be text.'],
  ['{"decimal_comma": "yes"}', 'decimal_comma must be true or false.'],
  ['{"amounts": "de"}', "amounts must be us (1,234.50), eu (1.234,50) or ch (1'234.50)."],
  [
    '{"amounts": "us", "decimal_comma": false}',
    'amounts and decimal_comma describe the same: leave decimal_comma out.',
  ],
  ['[]', 'a preset must be an object.'],
  ['null', 'a preset must be an object.'],
])('%s is refused in one line', (content, message) => {
  const file = fileOf(content);
  expect(() => readPreset(fileKinds.revenue, file)).toThrow(new CommandError(`${file}: ${message}`));
});

test('an option that does not exist is named, with those that do', () => {
  const file = fileOf('{"date": "yyyy"}');
  expect(() => readPreset(fileKinds.revenue, file)).toThrow(
    `${file}: there is no date; there are map, default, delimiter,`,
  );
});

test('what is no file, no JSON or no preset is named', () => {
  const file = fileOf('{');
  expect(() => readPreset(fileKinds.revenue, file)).toThrow(`${file} is not JSON: `);
  expect(() => readPreset(fileKinds.revenue, 'absent.json')).toThrow('absent.json cannot be read: ENOENT');
  expect(() => readPreset(fileKinds.revenue, 'hasoffers')).toThrow(
    new CommandError(
      'There is no preset "hasoffers": use tune, everflow, shopify, stripe, or a file such as mine.json.',
    ),
  );
});

test('flags win field by field', () => {
  const preset = {
    map: { message_id: 'a', revenue: 'b' },
    default: { payout: '1', attribution_type: 'sale' },
    timezone: 'Europe/Berlin',
    decimal_comma: true,
  };
  const flags = { map: { revenue: 'c' }, default: { attribution_type: 'migration' }, timezone: 'UTC' };
  expect(mergeOptions(preset, flags)).toEqual({
    map: { message_id: 'a', revenue: 'c' },
    default: { payout: '1', attribution_type: 'migration' },
    timezone: 'UTC',
    decimal_comma: true,
  });
});

test('conditions of the flags take the place of those of the preset on the same column', () => {
  const none = { map: {}, default: {} };
  const preset = { ...none, where: ['Type=charge', 'Type=payment', 'Live!=no'] };
  const merged = (...where: string[]) => mergeOptions(preset, { ...none, where }).where;
  expect(mergeOptions(preset, none).where).toEqual(preset.where);
  expect(merged('Currency=eur')).toEqual([...preset.where, 'Currency=eur']);
  expect(merged('Type=refund')).toEqual(['Live!=no', 'Type=refund']);
  expect(merged(' Type != charge')).toEqual(['Live!=no', ' Type != charge']);
  expect(mergeOptions(none, { ...none, where: ['A=1'] }).where).toEqual(['A=1']);
  expect(mergeOptions(none, none)).not.toHaveProperty('where');
});

test('a flag for amounts takes the place of what the preset says of them, under either name', () => {
  const flags = { map: {}, default: {} };
  const [former, amounts] = [{ decimal_comma: true }, { amounts: 'us' as const }];
  expect(mergeOptions({ ...flags, ...former }, { ...flags, ...amounts })).toEqual({ ...flags, ...amounts });
  expect(mergeOptions({ ...flags, ...amounts }, { ...flags, ...former })).toEqual({ ...flags, ...former });
  expect(mergeOptions({ ...flags, ...amounts }, flags)).toEqual({ ...flags, ...amounts });
});

const record = {
  message_id: 'msg-1',
  offer_id: '5620',
  revenue: '50.00',
  payout: '20.00',
  timestamp: '2026-04-24T11:57:00Z',
};

test.each([
  ['tune', 'Partner Sub ID 1,Offer ID,Revenue,Payout,Date / Time,Status', record],
  ['tune', 'Affiliate Sub ID 1,Offer ID,Revenue,Payout,Datetime,Status', record],
  ['tune', 'Stat.affiliate_info1,Stat.offer_id,Stat.revenue,Stat.payout,Stat.datetime,Stat.status', record],
  ['everflow', 'sub1,network_offer_id,revenue,payout,date,conversion_status', record],
  ['everflow', 'sub1,offer_id,revenue,sale_amount,date,event_name', { ...record, payout: undefined }],
])('%s reads an export with %s', (name, header, expected) => {
  const columns = header.split(',');
  const cells = ['msg-1', '5620', '50.00', '20.00', '2026-04-24 07:57:00', 'approved'];
  const row = Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
  const options = mergeOptions(readPreset(fileKinds.revenue, name), {
    map: {},
    default: {},
    timezone: 'America/New_York',
  });
  expect(createMapping(fileKinds.revenue, options, { name: 'export.csv', columns }).toRecord(row)).toEqual({
    record: expected,
  });
});
