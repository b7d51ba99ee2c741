import { expect, test } from 'vitest';

import { asMatcher, D, H, ONE, readAsMeant, type Options } from './read-as-meant.ts';

// Each input gives exactly what the person meant, rejected rows with their code, or one line that says what to do.

const at = (time: string) => [`m o 1 ${time}`];
const GIVEN_DAY = { default: { timestamp: D }, timezone: 'Europe/Berlin' };
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

test.each<[what: string, content: string | Buffer, options: Options, expected: string[] | string]>([
  // Times.
  ['no time', `message_id,offer_id,revenue\nm,o,1\n`, {}, '--default timestamp=now'],
  [
    'a column that may be the time',
    `message_id,offer_id,revenue,Paid at\nm,o,1,${D}\n`,
    {},
    "--map 'timestamp=Paid at'",
  ],
  [
    'columns that may be the day and the time',
    `message_id,offer_id,revenue,Datum,Uhrzeit\nm,o,1,${D},10:00\n`,
    {},
    "Add --map 'timestamp=Datum+Uhrzeit' or",
  ],
  ['now', `message_id,offer_id,revenue\nm,o,1\n`, { default: { timestamp: 'now' } }, ['m o 1']],
  ['a given day', `message_id,offer_id,revenue\nm,o,1\n`, { default: { timestamp: D } }, at(`${D}T00:00:00Z`)],
  ['a given day of a zone', `message_id,offer_id,revenue\nm,o,1\n`, GIVEN_DAY, at('2024-01-04T23:00:00Z')],
  ['a blank time', `${H}m,o,1,\nm,o,1,${D}\n`, {}, ['missing_timestamp', ...ONE]],
  ['a blank time, now', `${H}m,o,1, \n`, { default: { timestamp: 'now' } }, ['m o 1']],
  ['a space for T', `${H}m,o,1,${D} 10:00:00\n`, {}, at(`${D}T10:00:00Z`)],
  ['+0400', `${H}m,o,1,${D} 10:00:00 +0400\n`, {}, at(`${D}T06:00:00Z`)],
  ['UTC', `${H}m,o,1,${D} 10:00:00 UTC\n`, {}, at(`${D}T10:00:00Z`)],
  ['GMT+1', `${H}m,o,1,${D} 10:00 GMT+1\n`, {}, at(`${D}T09:00:00Z`)],
  ['Z', `${H}m,o,1,${D}T10:00:00Z\n`, {}, at(`${D}T10:00:00Z`)],
  ['an offset of hours', `${H}m,o,1,${D} 10:00 +01\n`, {}, at(`${D}T09:00:00Z`)],
  ['a spring hour', `${H}m,o,1,2024-03-31 02:30\n`, { timezone: 'Europe/Berlin' }, at('2024-03-31T01:30:00Z')],
  ['no such day', `${H}m,o,1,2024-02-30 10:00\nm,o,1,${D}\n`, {}, ['invalid_timestamp', ...ONE]],
  ['p.m.', `${H}m,o,1,1/5/2024 3:04 p.m.\n`, { date_format: 'M/d/yyyy h:mm a' }, at(`${D}T15:04:00Z`)],
  ['milliseconds as seconds', `${H}m,o,1,1704448800\n`, { date_format: 'x' }, '--date-format X'],
  ["Excel's days as seconds", `${H}m,o,1,45296\n`, { date_format: 'X' }, '--date-format excel'],
  ['EST', `${H}m,o,1,${D} 10:00 EST\nm,o,1,${D}\n`, {}, ['invalid_timestamp', ...ONE]],
  [
    'a narrow space before PM',
    `${H}m,o,1,"1/5/2024 3:04\u202FPM"\n`,
    { date_format: 'M/d/yyyy h:mm a' },
    at(`${D}T15:04:00Z`),
  ],
  ['a zone of the file', `${H}m,o,1,${D} 10:00\n`, { timezone: 'Europe/Berlin' }, at(`${D}T09:00:00Z`)],
  ['a zone in the text goes first', `${H}m,o,1,${D} 10:00 UTC\n`, { timezone: 'Europe/Berlin' }, at(`${D}T10:00:00Z`)],
  ['a US date', `${H}m,o,1,1/25/2024\n`, {}, '--date-format M/d/yyyy'],
  ['a German date', `${H}m,o,1,25.1.2024\n`, {}, '--date-format d.M.yyyy'],
  ['a date in two readings', `${H}m,o,1,1/5/2024\n`, {}, '--date-format d/M/yyyy'],
  ['seconds', `${H}m,o,1,1704448800\n`, {}, '--date-format X'],
  ['milliseconds', `${H}m,o,1,1704448800000\n`, {}, '--date-format x'],
  ["Excel's days", `${H}m,o,1,45296.41\n`, {}, '--date-format excel'],
  ["Excel's days, told", `${H}m,o,1,45296.41\n`, { date_format: 'excel' }, at('2024-01-05T09:50:24Z')],
  [
    'a day and a time',
    `message_id,offer_id,revenue,Day,Time\nm,o,1,${D},10:00\n`,
    { map: { timestamp: 'Day+Time' } },
    at(`${D}T10:00:00Z`),
  ],
  ['one bad time', `${H}m,o,1,soon\nm,o,1,${D}\n`, {}, ['invalid_timestamp', ...ONE]],
  // Amounts.
  ['spaces', `${H}m,o, 1 ,${D}\n`, {}, ONE],
  ['a trailing point', `${H}m,o,5.,${D}\n`, {}, [`m o 5 ${D}`]],
  ['no zero', `${H}m,o,.5,${D}\n`, {}, [`m o 0.5 ${D}`]],
  ['minus zero', `${H}m,o,-0.00,${D}\n`, {}, [`m o 0.00 ${D}`]],
  ['a dollar', `${H}m,o,$1,${D}\n`, {}, ONE],
  ['a code', `${H}m,o,1 EUR,${D}\n`, {}, ONE],
  ['a second currency', `${H}m,o,$1,${D}\nm,o,€1,${D}\n`, {}, 'f, line 3'],
  [
    'a column of two currencies',
    `message_id,offer_id,revenue,Currency,timestamp\nm,o,1,usd,${D}\nm,o,1,eur,${D}\n`,
    {},
    'f, line 3: column Currency has eur, but line 2 has usd.',
  ],
  [
    'one of two currencies',
    `message_id,offer_id,revenue,Currency,timestamp\nm,o,1,usd,${D}\nm,o,1,eur,${D}\n`,
    { where: ['Currency=usd'] },
    ONE,
  ],
  [
    'two currencies of an object',
    `{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}","price":{"currency":"USD"}}\n`
      .repeat(2)
      .replace('USD', 'EUR'),
    {},
    '--where price.currency=EUR',
  ],
  ['an amount in words among others', `${H}m,o,1,${D}\nm,o,free,${D}\n`, {}, [...ONE, 'invalid_revenue']],
  ['one US amount', `${H}m,o,1.50,${D}\nm,o,"1,234.50",${D}\n`, {}, 'Use --amounts us, which reads it as 1234.50'],
  ['US', `${H}m,o,"1,234.50",${D}\n`, { amounts: 'us' }, [`m o 1234.50 ${D}`]],
  ['US, not told', `${H}m,o,"1,234.50",${D}\n`, {}, '--amounts us'],
  ['EU', `${H}m,o,"1.234,50 €",${D}\n`, { amounts: 'eu' }, [`m o 1234.50 ${D}`]],
  ['EU, not told', `${H}m,o,"1.234,50",${D}\n`, {}, '--amounts eu'],
  ['EU with semicolons', `${H}m,o,1,${D}\n`.replaceAll(',', ';').replace(';1;', ';12,50;'), {}, '--amounts eu'],
  ['Swiss', `${H}m,o,1'234.50,${D}\n`, { amounts: 'ch' }, [`m o 1234.50 ${D}`]],
  ['Swiss, not told', `${H}m,o,1'234.50,${D}\n`, {}, '--amounts ch'],
  ['wrong groups', `${H}m,o,"1,23.4",${D}\nm,o,1,${D}\n`, { amounts: 'us' }, ['invalid_revenue', ...ONE]],
  ['two readings', `${H}m,o,"1,234",${D}\n`, {}, '--amounts us'],
  ['a refund', `${H}m,o,-5.00,${D}\n`, {}, ['invalid_revenue']],
  ['a refund in brackets', `${H}m,o,(5.00),${D}\n`, {}, ['invalid_revenue']],
  ['E notation', `${H}m,o,1.5E+3,${D}\nm,o,1,${D}\n`, {}, ['invalid_revenue', ...ONE]],
  ['a product', `message_id,offer_id,q,p,timestamp\nm,o,2,0.5,${D}\n`, { map: { revenue: 'q*p' } }, [`m o 1 ${D}`]],
  ['decimal_comma', `${H}m,o,"12,50",${D}\n`, { decimal_comma: true }, [`m o 12.50 ${D}`]],
  // JSON.
  ['NDJSON', `{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}"}\n`, {}, ONE],
  ['a numeric id', `{"message_id":42,"offer_id":"o","revenue":1,"timestamp":"${D}"}\n`, {}, [`42 o 1 ${D}`]],
  [
    'a long numeric id',
    `{"message_id":12345678901234567890,"offer_id":"o","revenue":1,"timestamp":"${D}"}\n`,
    {},
    [`12345678901234567890 o 1 ${D}`],
  ],
  [
    'all digits of an amount',
    `{"message_id":"m","offer_id":"o","revenue":1.10000000000000000001,"timestamp":"${D}"}`,
    {},
    [`m o 1.10000000000000000001 ${D}`],
  ],
  ['an exponent', `{"message_id":"m","offer_id":"o","revenue":1.5e3,"timestamp":"${D}"}`, {}, [`m o 1500 ${D}`]],
  ['an array', `[{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}"}]`, {}, ONE],
  ['records', `{"records":[{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}"}]}`, {}, ONE],
  [
    'the answer of a service',
    `{"has_more":false,"data":[{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}"}]}`,
    {},
    ONE,
  ],
  ['an array among others', `{"count":1,"orders":[{"message_id":"m"}]}`, {}, "jq -c '.orders[]'"],
  [
    'pretty-printed',
    `[\n  {\n    "message_id": "m",\n    "offer_id": "o",\n    "revenue": 1,\n    "timestamp": "${D}"\n  }\n]\n`,
    {},
    ONE,
  ],
  [
    'nested',
    `{"message_id":"m","offer_id":"o","p":{"revenue":1},"timestamp":"${D}"}`,
    { map: { revenue: 'p.revenue' } },
    ONE,
  ],
  [
    'a broken line',
    `{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}"}\n{"a\n`,
    {},
    [...ONE, 'invalid_record'],
  ],
  ['a cut array', `[{"message_id":"m","offer_id":"o","revenue":1,"timestamp":"${D}"},`, {}, 'f, line 1'],
  ['JSON without a time', `{"message_id":"m","offer_id":"o","revenue":1}`, {}, '--default timestamp=now'],
  // Encodings and containers.
  ['UTF-16', utf16(`${H}m,o,1,${D}\n`), {}, ONE],
  ['big-endian UTF-16', utf16(`${H}m,o,1,${D}\n`).swap16(), {}, ONE],
  ['Latin-1', Buffer.from(`${H}m\xE9,o,1,${D}\n`, 'latin1'), {}, 'iconv'],
  ['xz', Buffer.from('fd377a585a000004', 'hex'), {}, 'xz -dc'],
  ['bz2', Buffer.from('BZh91AY&SY'), {}, 'bzip2 -dc'],
  ['zip', Buffer.from('PK\u0003\u0004\u0014\0'), {}, 'unzip'],
  ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), {}, 'save it as CSV'],
  ['a zero byte', `${H}m\0,o,1,${D}\n`, {}, 'line 2: the content is not text'],
  ['nothing', '', {}, 'f is empty'],
  ['no rows', H, {}, []],
])('%s', async (_what, content, options, expected) => {
  expect(await readAsMeant(content, options)).toEqual(asMatcher(expected));
});
