function hasFields(...fields: string[]): (data: unknown) => boolean {
  return (data) => typeof data === 'object' && data !== null && fields.every((field) => field in data);
}

const isOutcome = hasFields('success_count', 'error_count', 'total_revenue', 'errors');

/** The answer to DELETE, too, for a 202 has both. */
export const isImport = hasFields('import_id', 'status');
export const isImportList = hasFields('imports', 'next_cursor');
export const isErrorList = hasFields('errors', 'next_cursor');
export const isReport = hasFields('rows', 'total');

/** What is to be counted must be there; an answer to something else, at a wrong address, may be a 200 as well. */
export function isOutcomeOrAccepted(data: unknown): boolean {
  return isOutcome(data) || isImport(data);
}
