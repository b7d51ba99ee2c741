import type { ImportOptions } from './types.ts';

/** The headers that say where records come from. */
export function sourceHeaders({ name, fingerprints = [], again = false }: ImportOptions): Record<string, string> {
  return {
    ...(name !== undefined && { 'import-name': encodeURIComponent(name) }),
    ...(fingerprints.length > 0 && { 'import-fingerprints': fingerprints.join(',') }),
    ...(again && { 'import-again': 'true' }),
  };
}

/** Reads Import-Notices, such as `dated_before_message=12`. Ignores what has another form. */
export function parseNotices({ headers }: Response): Record<string, number> {
  const notices = headers.get('import-notices') ?? '';
  return Object.fromEntries(
    [...notices.matchAll(/(?:^|,)\s*([a-z_]+)=(\d+)\s*(?=,|$)/g)].map(([, name, count]) => [name, Number(count)]),
  );
}
