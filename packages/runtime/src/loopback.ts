import type { IncomingHttpHeaders } from 'node:http';

/**
 * Names and addresses of the machine itself. Browsers resolve names below localhost to loopback without a DNS query. A
 * socket for IPv6 writes addresses of IPv4 with a prefix.
 */
const LOOPBACK_NAME = /^(?:(?:[^.]+\.)*localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

export const LOOPBACK_HOST = '127.0.0.1';

/** Whether a host name or an address can only mean the machine itself. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAME.test(hostname);
}

/**
 * Whether a request names the machine itself as its host. The page of a malicious site cannot send such a request, even
 * if the site makes its own name resolve to loopback after the page is loaded (DNS rebinding).
 */
export function hasLoopbackHost({ host = '' }: IncomingHttpHeaders): boolean {
  return isLoopback(URL.parse(`http://${host}`)?.hostname ?? '');
}
