/** Names of the machine itself. Browsers resolve names below localhost to loopback without a DNS query. */
const LOOPBACK_NAME = /^(?:(?:[^.]+\.)*localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

export const LOOPBACK_HOST = '127.0.0.1';

/** Whether a host name can only mean the machine itself. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAME.test(hostname);
}
