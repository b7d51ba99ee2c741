/** A response with its body as it came over the wire. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the body is not JSON. */
  json: unknown;
}

export const REVENUE_PATH = '/api/v2/history/revenue';

export interface PostOptions {
  path?: string;
  apiKey?: string;
  headers?: Record<string, string>;
}

/** Posts a body of bytes or text as it is. */
export async function post(
  baseUrl: string,
  body: string | Uint8Array<ArrayBuffer>,
  options: PostOptions = {},
): Promise<Answer> {
  const { path = REVENUE_PATH, apiKey, headers } = options;
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey && { 'x-api-key': apiKey }), ...headers },
    body,
  });
  return readAnswer(response);
}

/** Posts records, each a value or JSON text that is written as it is. */
export async function postRecords(
  baseUrl: string,
  apiKey: string,
  records: unknown[],
  headers: Record<string, string> = {},
): Promise<Answer> {
  return post(baseUrl, JSON.stringify({ records }), { apiKey, headers });
}

export async function get(url: string, apiKey?: string, accept?: string): Promise<Answer> {
  const headers = { ...(apiKey && { 'x-api-key': apiKey }), ...(accept && { accept }) };
  return readAnswer(await fetch(url, { headers }));
}

/** Asks for an import to be undone. */
export async function undoImport(
  baseUrl: string,
  importId: string,
  apiKey: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const url = `${baseUrl}/api/v2/history/imports/${importId}`;
  return readAnswer(await fetch(url, { method: 'DELETE', headers: { 'x-api-key': apiKey, ...headers } }));
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The import that an answer names. */
export function importIdOf({ headers }: Answer): string {
  return headers.get('x-import-id') ?? '';
}
