import type { Answer } from '../../support/http.ts';
import type { Operation } from './operations.ts';

export const UNKNOWN_IMPORT = '00000000-0000-7000-8000-000000000000';

const JSON_BODY = { 'content-type': 'application/json' };

/** What to send besides what the operation needs. */
export interface Sending {
  apiKey?: string;
  importId?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends a request to an operation. */
export async function send(url: string, operation: Operation, sending: Sending = {}): Promise<Answer> {
  const { apiKey, importId = UNKNOWN_IMPORT, query = '', headers, body = operation.body } = sending;
  const response = await fetch(url + operation.path(importId) + query, {
    method: operation.method,
    headers: { ...(apiKey && { 'x-api-key': apiKey }), ...(body !== undefined && JSON_BODY), ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}
