const ORIGIN = 'http://ops.invalid';

/** The path and query that a text means on this server; "/" when it would lead anywhere else. */
export function localPath(text: string): string {
  const url = URL.parse(text, ORIGIN);
  if (url?.origin !== ORIGIN) return '/';
  const path = url.pathname + url.search;
  // Browsers take what follows two slashes for a host.
  return path.startsWith('//') ? '/' : path;
}
