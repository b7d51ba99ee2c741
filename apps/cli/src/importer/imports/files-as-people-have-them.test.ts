import { expect, test } from 'vitest';

import { asMatcher, D, H, ONE, readAsMeant, type Options } from './read-as-meant.ts';

// Each input gives exactly what the person meant, rejected rows with their code, or one line that says what to do.

test.each<[what: string, content: string | Buffer, options: Options, expected: string[] | string]>([
  // Quotes.
  ['plain', `${H}m,o,1,${D}\n`, {}, ONE],
  ['all quoted', `${H}"m","o","1","${D}"\n`, {}, ONE],
  ['a quote in an unquoted cell', `${H}m 5",o,1,${D}\n`, {}, [`m 5" o 1 ${D}`]],
  ['a quote within a quoted cell', `${H}"5" m",o,1,${D}\n`, {}, [`5" m o 1 ${D}`]],
  ['doubled quotes', `${H}"a ""b""",o,1,${D}\n`, {}, [`a "b" o 1 ${D}`]],
  ['escaped quotes', String.raw`${H}"a \"b\"",o,1,${D}${'\n'}`, { escape: '\\' }, [`a "b" o 1 ${D}`]],
  ['escaped quotes, not told', String.raw`${H}m,o,1,"${D}\""${'\n'}m,o,2,"${D}"${'\n'}`, {}, "--escape '\\'"],
  [
    'an escaped delimiter stays as it is',
    String.raw`${H}"a\,b",o,1,${D}${'\n'}`,
    { escape: '\\' },
    [String.raw`a\,b o 1 ${D}`],
  ],
  ['single quotes', `${H}'m','o','1','${D}'\n`, { quote: "'" }, ONE],
  ['single quotes, not told', `${H}'m','o','1','${D}'\n`, {}, ['invalid_revenue']],
  ['single quotes around names', `'message_id','offer_id'\n'm','o'\n`, {}, `If ' is the quote, add --quote "'"`],
  ['no quotes', `${H}"m,o,1,${D}\n`, { quote: 'none' }, [`"m o 1 ${D}`]],
  ['never closed', `${H}m,o,1,"${D}\n`, {}, 'f, line 2: a quote in the row that begins here is never closed.'],
  [
    'never closed, several rows',
    `${H}m,o,1,"${D}\nm,o,2,${D}\n`,
    {},
    'Add --quote none: then each of these lines is a row of 4 cells.',
  ],
  ['spaces after a quote', `${H}"m" ,"o" ,"1" ,"${D}" \n`, {}, ONE],
  ['a line break in an id', `${H}"m\nx",o,1,${D}\n`, {}, [`m\nx o 1 ${D}`]],
  [
    'rows within an id',
    `${H}"m\nm,o,1,${D}\nx",o,1,${D}\n`,
    {},
    'f, line 2: the quoted cell that begins here contains line 3, which looks like a row.',
  ],
  ['rows within an id, trusted', `${H}"m\nm,o,1,${D}\nx",o,1,${D}\n`, { quote: '"' }, [`m\nm,o,1,${D}\nx o 1 ${D}`]],
  // Lines and headers.
  ['rows of commas', `${H},,,\nm,o,1,${D}\n,,,\n`, {}, ONE],
  ['rows of commas and spaces', `${H} , ,,\nm,o,1,${D}\n`, {}, ONE],
  ['an empty cell too many', `${H}m,o,1,${D},\n`, {}, ONE],
  ['a cell too many', `${H}m,o,1,${D},x\n`, {}, ['invalid_record']],
  ['a needed cell too few', `${H}m,o,1\n`, {}, ['invalid_record']],
  ['an unneeded cell too few', `message_id,offer_id,revenue,timestamp,note\nm,o,1,${D}\n`, {}, ONE],
  ['CRLF', `${H}m,o,1,${D}\n`.replaceAll('\n', '\r\n'), {}, ONE],
  ['CR', `${H}m,o,1,${D}\n`.replaceAll('\n', '\r'), {}, ONE],
  ['no last line end', `${H}m,o,1,${D}`, {}, ONE],
  ['a byte order mark', `\uFEFF${H}m,o,1,${D}\n`, {}, ONE],
  ['sep=', `sep=;\n${H}m,o,1,${D}\n`.replaceAll(',', ';'), {}, ONE],
  ['a report head', `Report\n\n${H}m,o,1,${D}\n`, {}, 'f has no column for message_id, offer_id and revenue'],
  [
    'the line below a report head',
    `Report\n\n${H}m,o,1,${D}\n`,
    {},
    'If line 3 names the columns (message_id, offer_id, revenue, timestamp), add --skip-lines 2',
  ],
  ['a report head too short', `Report\nFrom,To\n${H}`, { skip_lines: 1 }, 'add --skip-lines 2'],
  ['a report head with other delimiters', `Revenue\n"message_id"\t"offer_id"\n`, {}, '(message_id, offer_id)'],
  ['no report head', `id,amount\nm,1\n`, {}, 'Its columns are id, amount. Map columns'],
  ['a report head, skipped', `Report\n\n${H}m,o,1,${D}\n`, { skip_lines: 2 }, ONE],
  ['too much skipped', H, { skip_lines: 5 }, 'f is empty'],
  ['a repeated header', `${H}m,o,1,${D}\n${H}m,o,1,${D}\n`, {}, [...ONE, ...ONE]],
  ['a repeated header with a mark', `${H}m,o,1,${D}\n\uFEFF${H}m,o,1,${D}\n`, {}, [...ONE, ...ONE]],
  [
    'another header',
    `${H}m,o,1,${D}\noffer_id,message_id,revenue,timestamp\n`,
    {},
    'f, line 3: this line names the columns again',
  ],
  ['a tab as delimiter', `${H}m,o,1,${D}\n`.replaceAll(',', '\t'), { delimiter: '\t' }, ONE],
  ['semicolons', `${H}m,o,1,${D}\n`.replaceAll(',', ';'), {}, ONE],
  ['bars', `${H}m,o,1,${D}\n`.replaceAll(',', '|'), {}, ONE],
  ['a formula', `${H}="00123",o,1,${D}\n`, {}, [`00123 o 1 ${D}`]],
  ['a quoted formula', `${H}"=""00123""",o,1,${D}\n`, {}, [`00123 o 1 ${D}`]],
  // Rows to import.
  ['--where', `${H}m,o,1,${D}\nn,o,1,${D}\n`, { where: ['message_id=m'] }, ONE],
  ['--where not', `${H}m,o,1,${D}\nn,o,1,${D}\n`, { where: ['message_id!=n'] }, ONE],
  [
    '--where a column that is there twice',
    `message_id,offer_id,revenue,timestamp,s,s\nm,o,1,${D},a,b\n`,
    { where: ['s=a'] },
    'f has the column s twice, but --where names it',
  ],
  [
    '--where leaves out a row that swallows others',
    `message_id,offer_id,revenue,timestamp,s,n\nm,o,1,${D},no,"a 27" screen\nm,o,1,${D},yes,\nm,o,1,${D},yes,"ok"\n`,
    { where: ['s=yes'] },
    'f, line 2: the quoted cell that begins here contains line 3',
  ],
  [
    '--where leaves out another header',
    `${H}m,o,1,${D}\noffer_id,message_id,revenue,timestamp\nm,o,1,${D}\n`,
    { where: ['offer_id=o'] },
    'f, line 3: this line names the columns again',
  ],
  [
    'another header in capitals',
    `${H}m,o,1,${D}\nOffer_ID,Message_ID,Revenue,Timestamp\n`,
    {},
    'f, line 3: this line names the columns again',
  ],
  [
    '--where nothing',
    `${H}m,o,1,${D}\n`,
    { where: ['message_id=M'] },
    'f has no row with message_id=M; message_id is "m"',
  ],
  [
    '--where without such a column',
    `${H}m,o,1,${D}\n`,
    { where: ['status=M'] },
    'f has no column "status", which --where names',
  ],
])('%s', async (_what, content, options, expected) => {
  expect(await readAsMeant(content, options)).toEqual(asMatcher(expected));
});
