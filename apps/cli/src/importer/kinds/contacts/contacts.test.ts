import { expect, test } from 'vitest';

import { inputOf } from '../../files/test-input.ts';
import { checkBeginning } from '../../imports/check-beginning.ts';
import { cutIntoBatches } from '../../imports/batches.ts';
import { createMapping } from '../../mapping/mapping.ts';
import type { MappingOptions } from '../../mapping/mapping-options.ts';
import { contacts } from './index.ts';

/** The records of a file, or the codes and reasons of what is none; or why the import stops. */
async function read(content: string, options: Partial<MappingOptions> = {}): Promise<unknown> {
  try {
    const input = await inputOf(content);
    const given = { map: {}, default: {}, ...options };
    const mapping = createMapping(contacts, given, input);
    const rows = await checkBeginning(contacts, given, input, mapping);
    const found: unknown[] = [];
    for await (const batch of cutIntoBatches({ ...input, rows }, mapping)) {
      found.push(...batch.records, ...batch.rejections.map(({ code, error }) => `${code}: ${error}`));
    }
    return { found, ignored: mapping.ignoredColumns };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const NOW = { default: { signup_date: 'now' } };
const LIST = { default: { signup_date: 'now', list_number: '+15550000001' } };
const own = { phone_number: '+15551000001', list_number: '+15550000001' };

test('a file of the dashboard is read as it is', async () => {
  expect(
    await read(
      'phone,first_name,last_name,email,consent_date,list_number,note\n' +
        '+1 (555) 100-0001,Ada,,ada@example.com,2025-01-02,+15550000001,x\n',
    ),
  ).toEqual({
    found: [{ ...own, signup_date: '2025-01-02', custom_fields: { first_name: 'Ada', email: 'ada@example.com' } }],
    ignored: ['note'],
  });
});

test('columns of custom fields are found however they are written, and have the usual names', async () => {
  expect(await read('Phone,First Name,LAST-NAME,Email\n+15551000001,Ada,Lovelace,ada@example.com\n', LIST)).toEqual({
    found: [{ ...own, custom_fields: { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' } }],
    ignored: [],
  });
  expect(await read('Phone,Email\n+15551000001,ada@example.com\n', LIST)).toMatchObject({
    found: [{ custom_fields: { email: 'ada@example.com' } }],
  });
  expect(await read('Phone,first name,First_Name\n+15551000001,Ada,Bea\n', LIST)).toEqual({
    found: [own],
    ignored: ['first name', 'First_Name'],
  });
  const mapped = { ...LIST, map: { custom_fields: 'First Name+Plan' } };
  expect(await read('Phone,First Name,Plan\n+15551000001,Ada,gold\n', mapped)).toMatchObject({
    found: [{ custom_fields: { 'First Name': 'Ada', Plan: 'gold' } }],
  });
});

test('a column is proposed if it is near by name; for the number of the list, a default is', async () => {
  expect(await read('First Name,Last Name,Mobile\nAda,Lovelace,+15551000001\n', NOW)).toMatch(
    /has no column for phone_number and list_number\. .* Map columns to fields: --map phone_number=COLUMN\. If all rows are of one list, add --default list_number=\+1…, otherwise --map list_number=COLUMN$/,
  );
  expect(await read('phone,Last Name\n+15551000001,Lovelace\n', NOW)).toContain('Last Name. If all rows are of');
  expect(await read('Phone Numbers,List Nr\n+15551000001,1\n', NOW)).toContain(
    "the nearest by name: --map 'phone_number=Phone Numbers,list_number=List Nr'",
  );
});

test.each(['msisdn', 'phone', 'Phone Number', 'PHONE'])('numbers are in %s', async (column) => {
  expect(await read(`${column}\n+15551000001\n`, LIST)).toMatchObject({ found: [own] });
});

test.each(['consent_date', 'ConsentDate', 'consent', 'opted_in_date', 'optin_date', 'Signup Date'])(
  'dates are in %s',
  async (column) => {
    const content = `phone_number,list_number,${column}\n+15551000001,+15550000001,2025-01-02\n`;
    expect(await read(content)).toMatchObject({ found: [{ ...own, signup_date: '2025-01-02' }] });
  },
);

test('currencies may differ, because contacts have no amounts', async () => {
  expect(await read('phone,Currency\n+15551000001,USD\n+15551000001,EUR\n', LIST)).toEqual({
    found: [own, own],
    ignored: ['Currency'],
  });
});

test('what may be meant otherwise stops the import', async () => {
  expect(await read('phone,msisdn\n+15551000001,+15551000002\n', LIST)).toContain('--map phone_number=phone');
  expect(await read('phone\n+15551000001\n', NOW)).toContain('has no column for list_number');
  expect(await read('phone,list_number\n+15551000001,+15550000001\n')).toContain('--default signup_date=now');
  expect(await read('phone,consent_date\n+15551000001,01/02/2025\n', { default: LIST.default })).toContain(
    '--date-format',
  );
});

test('numbers are read as people write them, and rejected if they may be others', async () => {
  const numbers = ['(555) 100-0001', '1.5551E+10', 'none', '+15551000001.0'];
  expect(await read(`phone\n${numbers.join('\n')}\n`, { ...LIST, default_country: 'US' })).toMatchObject({
    found: [
      own,
      expect.stringContaining('invalid_phone: phone_number was replaced by a rounded number, "1.5551E+10".'),
      expect.stringContaining('invalid_phone: phone_number "none" must be a phone number'),
      expect.stringContaining('invalid_phone: phone_number "+15551000001.0" is a decimal number'),
    ],
  });
  expect(await read('phone\n+15551000001\n', { ...LIST, default_country: 'XX' })).toContain(
    '--default-country must be',
  );
});

test('custom fields are a column with JSON, or columns by their names', async () => {
  const json = `phone;custom_fields\n+15551000001;{"plan":{"name":"gold"}}\n`;
  expect(await read(json, LIST)).toMatchObject({ found: [{ custom_fields: { plan: { name: 'gold' } } }] });
  const columns = 'phone,plan,city,email\n+15551000001,gold,,a@example.com\n';
  const mapped = (map: string) => read(columns, { ...LIST, map: { custom_fields: map } });
  expect(await mapped('plan+city')).toEqual({
    found: [{ ...own, custom_fields: { plan: 'gold' } }],
    ignored: ['email'],
  });
  expect(await mapped('plan+')).toMatchObject({ found: [{ custom_fields: { plan: 'gold' } }] });
  expect(await mapped('plan')).toMatchObject({ found: [expect.stringContaining('invalid_custom_fields')] });
  expect(await mapped('plan+town')).toContain('has no column "town"');
});

test('custom fields of JSON files are objects, with their numbers', async () => {
  const line = '{"phone":"+15551000001","email":"x","custom_fields":{"age":5,"id":12345678901234567890}}';
  expect(await read(`${line}\n`, LIST)).toEqual({
    found: [{ ...own, custom_fields: { age: 5, id: expect.any(Number) } }],
    ignored: ['email'],
  });
  const flat = '{"phone":"+15551000001","age":5,"id":12345678901234567890}';
  expect(await read(`${flat}\n`, { ...LIST, map: { custom_fields: 'age+id' } })).toMatchObject({
    found: [{ custom_fields: { age: 5, id: '12345678901234567890' } }],
  });
});

test('numbers without + and dates of another format stop the import, although one of each is blank and dirty', async () => {
  const rows = Array.from({ length: 98 }, (_, index) => `1888555${1000 + index},12/31/2024`);
  const content = ['phone,signup_date', '18885550100,', ',00/00/0000', ...rows].join('\n');
  const stop = await read(`${content}\n`, { default: { list_number: '+15550000001' } });
  expect(stop).toMatch(
    /^f, line 2: phone_number "18885550100" must begin with \+ and a country code, or give its country,/,
  );
  expect(stop).toContain('Use --date-format M/d/yyyy, which reads it as 2024-12-31T00:00:00Z.');
});
