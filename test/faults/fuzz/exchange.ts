import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

import { HANGS_AFTER_MS } from '../../support/limits.ts';
import type { FuzzRequest } from './requests.ts';

/** A response as it came. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** @throws when no whole answer comes */
export async function exchange(baseUrl: string, agent: Agent, request: FuzzRequest): Promise<Answer> {
  const { method, path, headers, body, chunked } = request;
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();

  const { hostname, port } = new URL(baseUrl);
  const options = { hostname, port, method, path, agent, headers: { ...headers, ...length } };
  const outgoing = httpRequest(options, (response) => {
    const { statusCode: status = 0, headers: received } = response;
    text(response).then((content) => resolve({ status, headers: received, text: content }), reject);
  });
  const timer = setTimeout(() => outgoing.destroy(new Error('A hang: there is no answer.')), HANGS_AFTER_MS);
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise.finally(() => clearTimeout(timer));
}

/** Writes a request as a command for a shell. */
export function asCurl(baseUrl: string, { method, path, headers, body, chunked }: FuzzRequest): string {
  const all = Object.entries(chunked ? { ...headers, 'transfer-encoding': 'chunked' } : headers);
  // "Name;" is how curl is told to send an empty header.
  const lines = all.map(([name, value]) => quote(value.trim() === '' ? `${name};` : `${name}: ${value}`));
  const base64 = Buffer.from(body).toString('base64');
  const target = quote(baseUrl + path);
  return `base64 -d <<< '${base64}' | curl -si -X ${method} --path-as-is ${target} ${lines
    .map((line) => `-H ${line}`)
    .join(' ')} --data-binary @-`;
}

/** In Latin-1, as Node writes headers. */
function quote(value: string): string {
  const escaped = value.replaceAll(/[^\x20-\x7e]|['\\]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `$'${escaped}'`;
}
