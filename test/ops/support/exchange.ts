import { request as send, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

import { PASSWORD, USER } from './ops.ts';

export interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface RequestOptions {
  method?: string;
  /** Sent as they are, those included that fetch keeps to itself. */
  headers?: Record<string, string>;
  /** Sent as a form. */
  form?: Record<string, string>;
}

/** What a browser says it would like when somebody follows a link. */
export const AS_PAGE = { accept: 'text/html,application/xhtml+xml' };

/** Sends one request, and follows no redirect. */
export async function exchange(url: string, options: RequestOptions = {}): Promise<Exchange> {
  const { method = options.form ? 'POST' : 'GET', headers, form } = options;
  const body = form && new URLSearchParams(form).toString();
  const { promise, resolve, reject } = Promise.withResolvers<Exchange>();
  const request = send(
    url,
    {
      method,
      agent: false,
      headers: { ...(body && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    },
    (response) => {
      text(response).then(
        (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: read }),
        reject,
      );
    },
  );
  request.once('error', reject);
  request.end(body);
  return promise;
}

/** Signs in. The first cookie is what later requests have to bear. */
export async function signIn(url: string, form: Record<string, string> = {}, headers = {}): Promise<Exchange> {
  return exchange(`${url}/sign-in`, {
    form: { user: USER, password: PASSWORD, ...form },
    headers: { ...AS_PAGE, ...headers },
  });
}

/** The cookie that an answer sets, as a request bears it. */
export function cookieOf({ headers }: Exchange): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** What a page says, without its tags. */
export function plain(page: string): string {
  return page
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
