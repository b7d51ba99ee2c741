/** The largest amount that a record may have: the largest value of NUMERIC(14,4). */
export const MAX_AMOUNT = 9_999_999_999.9999;

const DECIMALS = 4;
const MAX_INTEGER_DIGITS = 10;
/** JavaScript writes smaller numbers with an exponent. They round to zero anyway. */
const SMALLEST_PLAIN_NUMBER = 1e-6;

/**
 * Rounds an amount half up to four decimals. Uses its decimal digits, not its binary value: 1.00005 becomes 1.0001. The
 * result prints exactly, because no amount has more than 14 significant digits.
 *
 * @param amount a number from 0 to {@link MAX_AMOUNT}, or a plain decimal ("24.99")
 * @returns undefined if a decimal is larger than {@link MAX_AMOUNT}
 */
export function roundAmount(amount: number | string): number | undefined {
  if (typeof amount === 'string') return roundDecimal(amount);
  const scale = 10 ** DECIMALS;
  if (Math.round(amount * scale) / scale === amount) return Math.abs(amount);
  return amount < SMALLEST_PLAIN_NUMBER ? 0 : roundDecimal(String(amount));
}

function roundDecimal(text: string): number | undefined {
  const [integer = '', fraction = ''] = text.split('.');
  const integerDigits = integer.replace(/^0+/, '');
  if (integerDigits.length > MAX_INTEGER_DIGITS) return undefined;

  const floor = Number(`${integerDigits}.${fraction.slice(0, DECIMALS)}`) || 0;
  const dropped = fraction.slice(DECIMALS);
  if (floor === MAX_AMOUNT && /[1-9]/.test(dropped)) return undefined;
  if (dropped < '5') return floor;
  return (Math.round(floor * 10 ** DECIMALS) + 1) / 10 ** DECIMALS;
}
