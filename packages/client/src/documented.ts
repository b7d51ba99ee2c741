import { countFields, kinds, type ImportKind, type ImportResult } from './kinds.ts';
import type { Accepted, ContactPage, Import, ImportErrorPage, ImportPage, RevenueReport } from './types.ts';

// Checks that answers have the documented fields: a server at a wrong address may also answer 200.

export function isResult<Kind extends ImportKind>(kind: Kind, data: unknown): data is ImportResult<Kind> {
  const totals = kinds[kind].totals.map((field) => `total_${field}`);
  return hasFields(data, 'success_count', 'error_count', 'errors', ...countFields(kind), ...totals);
}

export function isAccepted(data: unknown): data is Accepted {
  return hasFields(data, 'import_id', 'status', 'status_url');
}

export function isImport(data: unknown): data is Import {
  return hasFields(data, 'import_id', 'status', 'created_at');
}

export function isImportPage(data: unknown): data is ImportPage {
  return hasFields(data, 'imports', 'next_cursor');
}

export function isErrorPage(data: unknown): data is ImportErrorPage {
  return hasFields(data, 'errors', 'next_cursor');
}

export function isReport(data: unknown): data is RevenueReport {
  return hasFields(data, 'rows', 'total');
}

export function isContactPage(data: unknown): data is ContactPage {
  return hasFields(data, 'contacts', 'pagination');
}

function hasFields(data: unknown, ...fields: string[]): boolean {
  return typeof data === 'object' && data !== null && fields.every((field) => field in data);
}
