import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';

const NEWLINE = 0x0a;

export interface Exchange extends RequestOptions {
  body?: Buffer;
}

/** Sends a request and reads all of its answer. */
export async function exchange(url: string, { body, ...options }: Exchange): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest(url, options);
  request.once('response', resolve);
  request.once('error', reject);
  request.end(body);
  const response = await promise;
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) text += String(part);
  return { status: response.statusCode ?? 0, text };
}

/** The lines of a text, each of which ends with a newline, without copying them. */
export function splitLines(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(NEWLINE, start);
    lines.push(text.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
