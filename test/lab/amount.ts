const SCALE = 10_000;
const DECIMALS = 4;

/** Writes a number of ten-thousandths as PostgreSQL writes a NUMERIC of four decimals: "24.9900". */
export function toNumeric(tenThousandths: number): string {
  const fraction = String(tenThousandths % SCALE).padStart(DECIMALS, '0');
  return `${Math.floor(tenThousandths / SCALE)}.${fraction}`;
}

/** Writes a number of ten-thousandths as people do: "24.99". */
export function toDecimal(tenThousandths: number): string {
  return toNumeric(tenThousandths).replace(/\.?0+$/, '');
}

/** Adds whole numbers up; exact, for they stay far below 2 to the 53rd. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
