/** Writes a number with as many digits as mean something: three below a thousand, all of the whole number above. */
export function formatNumber(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 20 });
}

export function milliseconds(value: number): string {
  return `${formatNumber(value)} ms`;
}
