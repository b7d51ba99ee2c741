import { CommandError } from '../../terminal/command-error.ts';
import { quoteArgument } from '../../terminal/quote-argument.ts';
import type { Row } from '../files/input.ts';

/** ISO 4217, with the codes that histories of the last 25 years may still have. */
const CODES = `AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZM AZN BAM BBD BDT BEF BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
  BYR BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUC CUP CVE CYP CZK DEM DJF DKK DOP DZD EEK EGP ERN ESP ETB EUR FIM FJD FKP
  FRF GBP GEL GHC GHS GIP GMD GNF GRD GTQ GYD HKD HNL HRK HTG HUF IDR IEP ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS KHR
  KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LUF LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MTL MUR MVR MWK MXN MYR
  MZN NAD NGN NIO NLG NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR ROL RON RSD RUB RWF SAR SBD SCR SDD SDG SEK SGD
  SHP SIT SKK SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMM TMT TND TOP TRL TRY TTD TWD TZS UAH UGX USD UYU UZS VEB
  VED VEF VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMK ZMW ZWG ZWL`;

/** Matches a currency: a symbol such as € or US$, a code, or an abbreviation. */
export const CURRENCY = String.raw`(?:[A-Z]{0,3}\p{Sc}|${CODES.replaceAll(/\s+/g, '|')}|(?:zł|Kč|Ft|kr|lei|лв|Fr|Rs|R)\.?)`;

/** Other ways to write a code. Not $, £ and ¥: several currencies use them. */
const SAME = new Map([
  ['€', 'EUR'],
  ['US$', 'USD'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
  ['Ft', 'HUF'],
]);

/** The name of a currency: two ways to write it have the same name only if they certainly mean the same. */
export function nameCurrency(written: string): string {
  const name = written.replace(/\.$/, '');
  return SAME.get(name) ?? name;
}

/**
 * Creates a function that remembers the currency of each column of a file.
 *
 * @throws CommandError, when called, if the column had another currency on an earlier line
 */
export function createCurrencyCheck(file: string): (column: string, currency: string, line: number) => void {
  return createSameCheck(
    ({ column, value, line }, first) =>
      `${file}, line ${line}: column ${column} has an amount in ${value}, but line ${first.line} has one in ${first.value}. ` +
      'Amounts are added up as they are: convert all of the column to one currency.',
  );
}

/** Matches the name of a column that says in which currency an amount is. */
const CURRENCY_COLUMN = /(?:currency(?:[ _-]?code)?|währung|waehrung|devise|moneda|valuta)$/i;

/**
 * Creates a function that checks that all rows have the same value in each column for currencies that is not used.
 *
 * @throws CommandError, when called, if a row has another currency than an earlier one
 */
export function createCurrencyColumnCheck(
  file: string,
  ignored: readonly string[],
): (row: Row['fields'], line: number) => void {
  const columns = ignored.filter((column) => CURRENCY_COLUMN.test(column));
  const check = createSameCheck(
    ({ column, value, line }, first) =>
      `${file}, line ${line}: column ${column} has ${value}, but line ${first.line} has ${first.value}. Amounts are added up ` +
      `as they are: import each currency on its own, with --where ${quoteArgument(`${column}=${first.value}`)}, or convert ` +
      'them.',
  );
  return (row, line) => {
    for (const column of columns) {
      const value = row[column];
      if (typeof value === 'string' && value.trim() !== '') check(column, value.trim(), line);
    }
  };
}

interface Found {
  column: string;
  value: string;
  line: number;
}

function createSameCheck(describe: (other: Found, first: Found) => string) {
  const firsts = new Map<string, Found>();
  return (column: string, value: string, line: number): void => {
    const found = { column, value, line };
    const first = firsts.get(column);
    if (first === undefined) firsts.set(column, found);
    else if (first.value !== value) throw new CommandError(describe(found, first));
  };
}
