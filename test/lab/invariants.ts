import { countDriftByKind, openDatabase } from '@trackly/db';

import { PATIENT } from '../support/limits.ts';
import { sum } from './amount.ts';
import { checkContacts } from './check-contacts.ts';
import { checkRequest } from './check-request.ts';
import type { Sent } from './client.ts';
import { countOpenChunks, readStoredImports, type StoredImport } from './ledger.ts';
import { findSecrets } from './logs.ts';
import type { Figures } from './turn.ts';
import type { Product } from './product.ts';

const LISTED_VIOLATIONS = 10;

/**
 * Waits until no chunk is open, and compares everything that anyone could know about the requests: the answers their
 * clients got, the ledger, all rows, and the contacts' stats and fields, to the last digit. Also looks for personal data in
 * the logs, and for processes that have ended by themselves.
 *
 * @param sent all requests that were sent: an import of none of them is one too many
 * @returns what was compared, as figures
 * @throws naming what does not agree
 */
export async function checkInvariants(product: Product, sent: readonly Sent[]): Promise<Figures> {
  await untilNoChunkIsOpen(product);
  const accounts = new Map(sent.map(({ request }) => [request.account.id, request.account]));
  const accountIds = [...accounts.keys()];
  const stored = await readStoredImports(product.sql, accountIds);
  const importsByKey = Map.groupBy(stored, ({ requestId }) => keyOf(requestId));
  const ofAccount = (id: string, isUndone: boolean) =>
    sent
      .filter(({ request }) => request.account.id === id && importsByKey.has(request.key))
      .filter((one) => (one.isUndone ?? false) === isUndone)
      .map(({ request }) => request);
  const contacts = [...accounts.values()].map((account) =>
    checkContacts(product.sql, account, ofAccount(account.id, false), ofAccount(account.id, true)),
  );

  const drift = await readDrift(product, accountIds);
  const violations = [
    ...sent.flatMap((one) => checkRequest(one, importsByKey.get(one.request.key) ?? [])),
    ...checkNoOthers(sent, stored),
    ...(await Promise.all(contacts)).flat(),
    ...violationsOf(drift),
    ...(await checkLogs(product, sent)),
    ...product.processes.flatMap((process) => process.diedByItself() ?? []),
  ];
  if (violations.length > 0) {
    const listed = violations.slice(0, LISTED_VIOLATIONS).map((violation) => `\n  - ${violation}`);
    throw new Error(`${violations.length} things do not agree:${listed.join('')}`);
  }

  const attempts = sent.flatMap((one) => one.attempts);
  const figures: Figures = {
    requests: sent.length,
    ...countBy(sent.map(({ request }) => `requests of ${request.kind}`).toSorted()),
    records: sum(sent.map(({ request }) => request.recordCount)),
    imports: stored.length,
    rows: sum(stored.map(({ rows }) => rows)),
    drift: Object.entries(drift)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', '),
    attempts: attempts.length,
    ...countBy(attempts.map(({ status }) => (status === 'lost' ? 'lost connections' : `status ${status}`))),
    'longest answer ms': Math.max(0, ...sent.map(({ ms }) => ms ?? 0)),
  };
  product.log(
    `compared ${sent.flatMap(({ answers }) => answers).length} answers, ${stored.length} imports, their rows ` +
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

function checkNoOthers(sent: readonly Sent[], stored: StoredImport[]): string[] {
  const keys = new Set(sent.map(({ request }) => request.key));
  const known = new Set(sent.flatMap(({ request }) => request.account.importIds));
  return stored
    .filter(({ importId, requestId }) => !known.has(importId) && !keys.has(keyOf(requestId)))
    .map(({ importId, requestId }) => `import ${importId} (${requestId}) is of no request that was sent`);
}

/** @returns what does not agree, if anything */
export async function checkDrift(product: Product, accountIds: string[]): Promise<string[]> {
  return violationsOf(await readDrift(product, accountIds));
}

/** Of all accounts together, by kind. */
async function readDrift(product: Product, accountIds: string[]): Promise<Record<string, number>> {
  const db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'lab', ...PATIENT });
  try {
    const total: Record<string, number> = {};
    for (const accountId of accountIds) {
      const drift = await countDriftByKind(db, accountId);
      for (const [kind, count] of Object.entries(drift)) total[kind] = (total[kind] ?? 0) + count;
    }
    return total;
  } finally {
    await db.$disconnect();
  }
}

function violationsOf(drift: Record<string, number>): string[] {
  return Object.entries(drift)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} of ${kind} are not what their rows say`);
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
