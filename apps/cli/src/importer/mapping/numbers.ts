import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min';

import { CommandError } from '../../terminal/command-error.ts';

/** As the API takes them. A list may have a short code. */
const INTERNATIONAL = /^\+[0-9]{7,15}$/;
const LIST_NUMBER = /^(\+[0-9]{7,15}|[0-9]{4,8})$/;

/** In some countries, whole phone numbers are as short as short codes. */
const SHORTEST_NUMBER = 7;

/** As in `+490171…`: the zero that is dialled within the country may be left over behind the country code. */
const MAY_HAVE_TRUNK_ZERO = /^\+\d{1,3}0/;

/** Marks for the direction of text, which are copied with numbers from address books. */
const INVISIBLE = /[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** One number and nothing else: the parser would look for a number in any text, and take the first one of two. */
const WRITTEN = /^(?:tel:)?'?\(?\+?[\d(](?!.*\/\s*[0+])[\d\s().\u2010-\u2015/-]*$/i;

/** As programs write numbers of columns with blank cells: the parser would take the zero for a digit. */
const DECIMAL = /^\+?\d+\.0+$|\.0$/;

/**
 * Reads a country such as `DE`.
 *
 * @throws CommandError if there is no such country
 */
export function toCountry(text: string): CountryCode {
  const country = text.toUpperCase();
  if (isSupportedCountry(country)) return country;
  throw new CommandError(`--default-country must be the two letters of a country, such as DE or US, not ${text}.`);
}

/** Why a text is no number: what it must be, and what to do. */
export class NotANumber {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * Reads a phone number as people write it.
 *
 * @returns the number in international form, `+` and digits; or why it is none, or may be two
 */
export function toPhoneNumber(text: string, country: CountryCode | undefined): string | NotANumber {
  if (INTERNATIONAL.test(text) && !MAY_HAVE_TRUNK_ZERO.test(text)) return text;
  const written = text.replaceAll(INVISIBLE, '').trim();
  if (DECIMAL.test(written)) return new NotANumber('is a decimal number: make the column text where it was written');
  const found = WRITTEN.test(written) ? parsePhoneNumberFromString(written, country) : undefined;
  if (!found?.isPossible() || !INTERNATIONAL.test(found.number) || !isSettled(found.number)) {
    return INTERNATIONAL.test(text) ? text : notPossible(written, country);
  }
  const other = country && withoutPlus(written, country);
  if (other === undefined || other === found.number) return found.number;
  return new NotANumber(`may be ${other} or ${found.number}: write it with + and the country code`);
}

/**
 * Reads the number of a list in the same way, unless it is a short code.
 *
 * @returns the number or the short code; or why it is none, or may be two
 */
export function toListNumber(text: string, country: CountryCode | undefined): string | NotANumber {
  if (text.startsWith('+') || !LIST_NUMBER.test(text)) return toPhoneNumber(text, country);
  const whole = country && text.length >= SHORTEST_NUMBER ? parsePhoneNumberFromString(text, country) : undefined;
  if (!whole?.isValid()) return text;
  return new NotANumber(
    `may be a short code or ${whole.number}: write phone numbers with +, and leave out --default-country if it is a code`,
  );
}

function notPossible(written: string, country: CountryCode | undefined): NotANumber {
  if (country === undefined && !/^['(]*\+/.test(written)) {
    return new NotANumber('must begin with + and a country code, or give its country, as in --default-country US');
  }
  return new NotANumber('must be a phone number that is possible, such as +15551000001, and nothing else');
}

/** Whether a number that was read is read the same again: not if more zeros follow the one that was left out. */
function isSettled(number: string): boolean {
  return !MAY_HAVE_TRUNK_ZERO.test(number) || parsePhoneNumberFromString(number)?.number === number;
}

/**
 * What digits without a + are if they begin with the code of the country already, as in `491711234567`; undefined if
 * they cannot be that.
 */
function withoutPlus(written: string, country: CountryCode): string | undefined {
  const digits = written.replaceAll(/\D/g, '');
  if (written.includes('+') || !digits.startsWith(getCountryCallingCode(country))) return undefined;
  const found = parsePhoneNumberFromString(`+${digits}`);
  return found?.isValid() ? found.number : undefined;
}

/** How spreadsheets and programs write long numbers, most of which they have rounded. */
const E_NOTATION = /^[+-]?(?:\d{1,3}[.,]\d+E[+-]?|\dE\+)\d+$/i;

/** Whether a text was replaced by a number in E notation, such as `1.5551E+10`. */
export function isRounded(text: string): boolean {
  return E_NOTATION.test(text.trim());
}
