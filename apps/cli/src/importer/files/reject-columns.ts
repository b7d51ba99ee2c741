/** The columns that a rejects file adds. They come first, because a row may have more cells than the header. */
export const rejectColumns = ['rejected_line', 'rejected_code', 'rejected_error'] as const;

/** Whether a CSV file begins like a rejects file, which is always written with doubled quotes and without other lines. */
export function isRejectsFile(beginning: string): boolean {
  return new RegExp(`^${rejectColumns.join('([^\\w\\s]|\\t)')}`).test(beginning);
}
