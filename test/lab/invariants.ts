import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { countDrift, openDatabase } from '@trackly/db';

import { PATIENT } from '../support/limits.ts';
import { sum, toDecimal, toNumeric } from './amount.ts';
import type { Sent } from './client.ts';
import { countOpenChunks, readStoredContacts, readStoredImports, type StoredImport } from './ledger.ts';
import { findSecrets } from './logs.ts';
import type { RevenueRequest } from './revenue-request.ts';
import type { Figures } from './turn.ts';
import type { Product } from './product.ts';

const LISTED_VIOLATIONS = 10;

/**
 * Waits until no chunk is open, and compares everything that anyone could know about the requests: the answers their
 * clients got, the ledger, the revenue rows and the contacts' stats, to the last digit. Also looks for personal data in
 * the logs, and for processes that have ended by themselves.
 *
 * @param sent all requests that were sent: an import of none of them is one too many
 * @returns what was compared, as figures
 * @throws naming what does not agree
 */
export async function checkInvariants(product: Product, sent: readonly Sent[]): Promise<Figures> {
  await untilNoChunkIsOpen(product);
  const accountIds = [...new Set(sent.map(({ request }) => request.account.id))];
  const stored = await readStoredImports(product.sql, accountIds);
  const importsByKey = Map.groupBy(stored, ({ requestId }) => keyOf(requestId));
  const accepted = sent
    .filter(({ request, isUndone }) => importsByKey.has(request.key) && !isUndone)
    .map(({ request }) => request);

  const violations = [
    ...sent.flatMap((one) => checkRequest(one, importsByKey.get(one.request.key) ?? [])),
    ...checkNoOthers(sent, stored),
    ...(await checkContacts(product, accountIds, accepted)),
    ...(await checkDrift(product, accountIds)),
    ...(await checkLogs(product, sent)),
    ...product.processes.flatMap((process) => process.diedByItself() ?? []),
  ];
  if (violations.length > 0) {
    const listed = violations.slice(0, LISTED_VIOLATIONS).map((violation) => `\n  - ${violation}`);
    throw new Error(`${violations.length} things do not agree:${listed.join('')}`);
  }

  const rows = accepted.flatMap((request) => request.rows);
  const attempts = sent.flatMap((one) => one.attempts);
  const figures: Figures = {
    requests: sent.length,
    records: sum(sent.map(({ request }) => request.recordCount)),
    imports: stored.length,
    revenue: toDecimal(sum(rows.map(({ revenue }) => revenue))),
    drift: 0,
    attempts: attempts.length,
    ...countBy(attempts.map(({ status }) => (status === 'lost' ? 'lost connections' : `status ${status}`))),
    'longest answer ms': Math.max(0, ...sent.map(({ ms }) => ms ?? 0)),
  };
  product.log(
    `compared ${sent.flatMap(({ answers }) => answers).length} answers, ${stored.length} imports, ${rows.length} rows ` +
      `and ${accountIds.length} accounts' contacts with what was sent, and looked through ${product.processes.length} logs`,
  );
  return figures;
}

/** @throws when chunks are still open after minutes, for the product has lost them */
export async function untilNoChunkIsOpen(product: Product): Promise<void> {
  await product.until(async () => (await countOpenChunks(product.sql)) === 0, 'no chunk is open');
}

/** The request that an attempt's id belongs to. */
function keyOf(requestId: string): string {
  return requestId.slice(0, requestId.lastIndexOf('.'));
}

function checkRequest({ request, importIds, answers, ms, isUndone }: Sent, imports: StoredImport[]): string[] {
  const { key, answer } = request;
  const check = isUndone ? checkUndone : checkImport;
  const violations = imports.flatMap((stored) => check(request, stored));
  if (imports.length > 1) violations.push(`${key} has ${imports.length} imports`);
  if (imports.length === 0 && ms !== undefined) violations.push(`${key} was answered and has no import`);

  const [stored] = imports;
  for (const importId of importIds) {
    if (importId !== stored?.importId)
      violations.push(`${key} was told of import ${importId}, not ${stored?.importId}`);
  }
  for (const text of answers) {
    if (isDeepStrictEqual(JSON.parse(text), answer)) continue;
    violations.push(`${key} was answered ${text.slice(0, 500)}, not ${JSON.stringify(answer).slice(0, 500)}`);
  }
  if (new Set(answers).size > 1) violations.push(`${key} got ${new Set(answers).size} different answers`);
  return violations;
}

function checkImport({ key, recordCount, rows }: RevenueRequest, stored: StoredImport): string[] {
  const revenue = toNumeric(sum(rows.map((row) => row.revenue)));
  const text = rows.map((row) => `${row.index}:${row.contactId}:${toNumeric(row.revenue)}`).join(',');
  const expected = {
    recordCount,
    open: 0,
    successCount: rows.length,
    revenue,
    rows: rows.length,
    rowRevenue: revenue,
    rowDigest: createHash('md5').update(text).digest('hex'),
    undo: 'none',
  };
  const { importId, accountId: _accountId, requestId: _requestId, ...actual } = stored;
  if (isDeepStrictEqual(actual, expected)) return [];
  return [`import ${importId} of ${key} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
}

function checkUndone({ key }: RevenueRequest, { importId, open, rows, undo }: StoredImport): string[] {
  if (open === 0 && rows === 0 && undo === 'undone') return [];
  return [`import ${importId} of ${key} was to be undone, and is ${JSON.stringify({ open, rows, undo })}`];
}

function checkNoOthers(sent: readonly Sent[], stored: StoredImport[]): string[] {
  const keys = new Set(sent.map(({ request }) => request.key));
  return stored
    .filter(({ requestId }) => !keys.has(keyOf(requestId)))
    .map(({ importId, requestId }) => `import ${importId} (${requestId}) is of no request that was sent`);
}

async function checkContacts(product: Product, accountIds: string[], accepted: RevenueRequest[]): Promise<string[]> {
  const rowsByContact = Map.groupBy(
    accepted.flatMap(({ rows }) => rows),
    ({ contactId }) => contactId,
  );
  const contacts = await readStoredContacts(product.sql, accountIds);
  return contacts.flatMap(({ contactId, ...actual }) => {
    const rows = rowsByContact.get(contactId) ?? [];
    const expected = { revenue: toNumeric(sum(rows.map(({ revenue }) => revenue))), conversions: rows.length };
    if (isDeepStrictEqual(actual, expected)) return [];
    return [`contact ${contactId} has ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  });
}

/** @returns what does not agree, if anything */
export async function checkDrift(product: Product, accountIds: string[]): Promise<string[]> {
  const db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'lab', ...PATIENT });
  try {
    const drifts = await Promise.all(accountIds.map((accountId) => countDrift(db, accountId)));
    const drift = sum(drifts);
    return drift === 0 ? [] : [`${drift} contacts' stats are not what their rows say`];
  } finally {
    await db.$disconnect();
  }
}

async function checkLogs(product: Product, sent: readonly Sent[]): Promise<string[]> {
  const secrets = [...new Set(sent.flatMap(({ request }) => request.account.secrets))];
  const found = await Promise.all(product.processes.map(({ logFile }) => findSecrets(logFile, secrets)));
  return found.flat();
}

function countBy(names: string[]): Record<string, number> {
  const groups = Map.groupBy(names, (name) => name);
  return Object.fromEntries([...groups].map(([name, { length }]) => [name, length]));
}
