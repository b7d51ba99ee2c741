/** Formats a number for people: 1,234.5. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
