import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '@trackly/contract';
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

import { CommandError } from '../../terminal/command-error.ts';

const INTERNATIONAL = new RegExp(PHONE_NUMBER_PATTERN);
const LIST_NUMBER = new RegExp(LIST_NUMBER_PATTERN);

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

/** Writes a phone number as people write it in international form: `+` and digits. */
export function toPhoneNumber(text: string, country: CountryCode | undefined): string | NotANumber {
  if (INTERNATIONAL.test(text)) return text;
  const found = parsePhoneNumberFromString(text, country);
  if (found?.isPossible() && found.ext === undefined && INTERNATIONAL.test(found.number)) return found.number;
  if (country === undefined && !text.trim().startsWith('+')) {
    return new NotANumber('must begin with + and a country code; add --default-country, such as US, if none do');
  }
  return new NotANumber('must be a phone number that is possible, such as +15551000001');
}

/** Writes the number of a list in the same way, unless it is a short code. */
export function toListNumber(text: string, country: CountryCode | undefined): string | NotANumber {
  return LIST_NUMBER.test(text) ? text : toPhoneNumber(text, country);
}

/** How a spreadsheet writes a long number that it has rounded. */
const E_NOTATION = /^\+?\d([.,]\d+)?E\+\d+$/;

/** Whether a spreadsheet has replaced the text by a rounded number, such as `1.5551E+10`. */
export function isRounded(text: string): boolean {
  return E_NOTATION.test(text.trim());
}
