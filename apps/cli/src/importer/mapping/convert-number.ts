import { digitsOf } from '../files/json/number.ts';
import type { MappingOptions } from './mapping-options.ts';
import { isRounded, NotANumber, toCountry, toListNumber, toPhoneNumber } from './numbers.ts';
import { quote } from './text.ts';
import { Unreadable } from './unreadable.ts';

/**
 * Creates a converter of phone numbers, and of numbers of lists, as people write them.
 *
 * @throws CommandError if there is no such country as the options name
 */
export function createNumberConverter(
  type: 'phone' | 'list_number',
  { default_country: name }: MappingOptions,
): (value: unknown) => unknown {
  const country = name === undefined ? undefined : toCountry(name);
  const read = type === 'phone' ? toPhoneNumber : toListNumber;
  return (value) => {
    const text = digitsOf(value) ?? value;
    if (typeof text !== 'string') return value;
    if (isRounded(text)) {
      return new Unreadable(
        `was replaced by a rounded number, ${quote(text)}.`,
        'A spreadsheet does that: export the file again with the column as text.',
      );
    }
    const number = read(text, country);
    return number instanceof NotANumber ? new Unreadable(`${quote(text)} ${number.reason}.`) : number;
  };
}
