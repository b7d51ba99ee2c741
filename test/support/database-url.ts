/** Holds our tables and the queue's, but no rows; each test file works on a copy. */
export const TEMPLATE_DATABASE = 'trackly_template';

/** The URL of another database on the same server. */
export function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}
