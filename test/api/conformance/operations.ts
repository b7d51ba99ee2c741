import { REVENUE_PATH } from '../../support/http.ts';

/** A record that can be saved. */
export const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1.5 };
const BODY = JSON.stringify({ records: [RECORD, { ...RECORD, message_id: 'unknown' }] });

/** An operation of the API. */
export interface Operation {
  id: string;
  method: string;
  /** Of an import, known or not. */
  path: (importId: string) => string;
  body?: string;
}

const importPath = (importId: string) => `/api/v2/history/imports/${importId}`;
export const importRevenue: Operation = { id: 'importRevenue', method: 'POST', path: () => REVENUE_PATH, body: BODY };
export const getImport: Operation = { id: 'getImport', method: 'GET', path: importPath };
export const undoImport: Operation = { id: 'undoImport', method: 'DELETE', path: importPath };
export const listImports: Operation = { id: 'listImports', method: 'GET', path: () => '/api/v2/history/imports' };
export const listImportErrors: Operation = {
  id: 'listImportErrors',
  method: 'GET',
  path: (importId) => `${importPath(importId)}/errors`,
};
export const reportRevenue: Operation = {
  id: 'reportRevenue',
  method: 'GET',
  path: () => '/api/v2/reports/revenue?by=offer',
};
export const operations = [importRevenue, getImport, undoImport, listImports, listImportErrors, reportRevenue];
