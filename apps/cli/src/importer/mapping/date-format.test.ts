import { DateTime } from 'luxon';
import { expect, test } from 'vitest';

import { CommandError } from '../../terminal/command-error.ts';
import { createDateFormat } from './date-format.ts';

test.each([
  ['M/d/yy H:mm', '12/1/10 8:26', '2010-12-01T08:26:00.000Z', false],
  ['dd.MM.yyyy HH:mm:ss', '24.12.2010 18:00:07', '2010-12-24T18:00:07.000Z', false],
  ['yyyy-MM-dd HH:mm:ss.SSS', '2010-12-24 18:00:07.250', '2010-12-24T18:00:07.250Z', false],
  ["yyyy-MM-dd'T'HH:mm", '2010-12-24T18:00', '2010-12-24T18:00:00.000Z', false],
  ['MMM d, yyyy h:mm a', 'Dec 24, 2010 6:05 PM', '2010-12-24T18:05:00.000Z', false],
  ['yyyyMMdd', '20101224', '2010-12-24T00:00:00.000Z', false],
  ['EEE, dd MMM yyyy HH:mm:ss ZZZ', 'Fri, 24 Dec 2010 18:00:00 +0100', '2010-12-24T17:00:00.000Z', true],
  ['yyyy-MM-dd HH:mm ZZ', '2010-12-24 18:00 -05:00', '2010-12-24T23:00:00.000Z', true],
  ['X', '1293210000', '2010-12-24T17:00:00.000Z', true],
  ['X', '1293210000.25', '2010-12-24T17:00:00.250Z', true],
  ['x', '1293210000250', '2010-12-24T17:00:00.250Z', true],
])('%s reads %s', (format, text, instant, hasZone) => {
  const dates = createDateFormat(format);
  expect(DateTime.fromMillis(dates.read(text) ?? NaN, { zone: 'utc' }).toISO()).toBe(instant);
  expect(dates.hasZone).toBe(hasZone);
});

test.each([
  ['M/d/yy H:mm', '13/1/10 8:26'],
  ['M/d/yy H:mm', '2/30/10 8:26'],
  ['M/d/yy H:mm', '12/1/10'],
  ['M/d/yy H:mm', '12/1/10 8:26 '],
  ['EEE, dd MMM yyyy', 'Mon, 24 Dec 2010'],
  ['X', '1e9'],
  ['X', '-5'],
  ['x', '1293210000.5'],
])('%s does not read %j', (format, text) => {
  expect(createDateFormat(format).read(text)).toBeUndefined();
});

const NO_DATE = 'lacks year, month or day: those are yyyy, MM and dd (minutes are mm).';

test.each([
  ['MM/DD/YYYY', '"MM/DD/YYYY": there is no token DD and YYYY; did you mean MM/dd/yyyy?'],
  ['YYYY-MM-DDTHH:mm', `"YYYY-MM-DDTHH:mm": there is no token YYYY, DD and T; did you mean yyyy-MM-dd'T'HH:mm?`],
  [
    'yyyy-MM-dd at HH:mm',
    `"yyyy-MM-dd at HH:mm": there is no token t; put literal text in quotes, as in yyyy-MM-dd'T'HH:mm.`,
  ],
  ['yyyy-MM-dd HH:MM', '"yyyy-MM-dd HH:MM": M occurs twice; months are MM, minutes mm, hours HH.'],
  [
    'MM/dd/yyyy hh:mm',
    '"MM/dd/yyyy hh:mm": h is the hour of a 12-hour clock and needs a, which reads AM or PM; ' +
      'H is the hour of a 24-hour clock.',
  ],
  [
    'MM/dd/yyyy HH:mm a',
    '"MM/dd/yyyy HH:mm a": h is the hour of a 12-hour clock and needs a, which reads AM or PM; ' +
      'H is the hour of a 24-hour clock.',
  ],
  ['dd/mm/yyyy', `"dd/mm/yyyy" ${NO_DATE}`],
  ['HH:mm', `"HH:mm" ${NO_DATE}`],
  ['yyyy-MM-ooo', `"yyyy-MM-ooo" ${NO_DATE}`],
  ['M/d H:mm', `"M/d H:mm" ${NO_DATE}`],
  ['', `"" ${NO_DATE}`],
  ["'yyyy-MM-dd'", `"'yyyy-MM-dd'" ${NO_DATE}`],
])('%s is refused', (format, message) => {
  expect(() => createDateFormat(format)).toThrow(new CommandError(`--date-format ${message}`));
});
