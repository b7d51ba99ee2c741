const ORIGIN = 'http://ops.invalid';

/** Returns the path and query of an address on this server; "/" if the address would lead anywhere else. */
export function localPath(text: string): string {
  const url = URL.parse(text, ORIGIN);
  if (url?.origin !== ORIGIN) return '/';
  const path = url.pathname + url.search;
  // Browsers read the part after two slashes as a host.
  return path.startsWith('//') ? '/' : path;
}
