import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { sum, toNumeric } from './amount.ts';
import type { Sent } from './client.ts';
import type { StoredImport } from './ledger.ts';
import type { LabRequest, SavedRecord } from './requests/request.ts';

/**
 * Compares what a request's client was told with the import that is stored, and that with what was sent.
 *
 * @param imports those of the request
 * @returns what does not agree
 */
export function checkRequest(one: Sent, imports: readonly StoredImport[]): string[] {
  const { request, importIds, ms, isUndone } = one;
  const { key } = request;
  const check = isUndone ? checkUndone : checkImport;
  const violations = imports.flatMap((stored) => check(request, stored));
  if (imports.length > 1) violations.push(`${key} has ${imports.length} imports`);
  const [stored] = imports;
  if (!stored && ms !== undefined) violations.push(`${key} was answered and has no import`);
  for (const importId of importIds) {
    if (importId !== stored?.importId)
      violations.push(`${key} was told of import ${importId}, not ${stored?.importId}`);
  }
  return stored ? [...violations, ...checkAnswers(one, stored)] : violations;
}

function checkAnswers({ request, answers }: Sent, { created }: StoredImport): string[] {
  const { key, kind } = request;
  const answer = {
    ...request.answer,
    // Which of the requests that bring a contact creates it is up to the product.
    ...(kind === 'contacts' && {
      contacts_created: created.contacts,
      list_contacts_created: created.listContacts,
      list_contacts_updated: created.listContactsUpdated,
    }),
  };
  const violations = answers
    .filter((text) => !isDeepStrictEqual(JSON.parse(text), answer))
    .map((text) => `${key} was answered ${text.slice(0, 500)}, not ${JSON.stringify(answer).slice(0, 500)}`);
  if (new Set(answers).size > 1) violations.push(`${key} got ${new Set(answers).size} different answers`);
  return violations;
}

function checkImport({ kind, key, recordCount, skippedCount, saved }: LabRequest, stored: StoredImport): string[] {
  const { importId, accountId: _accountId, requestId: _requestId, created: _created, made: _made, ...actual } = stored;
  const texts = saved.map((record) => textOf(record)).filter((text) => text !== undefined);
  const revenue = toNumeric(sum(saved.map((record) => record.revenue ?? 0)));
  const expected = {
    kind,
    recordCount,
    open: 0,
    successCount: saved.length,
    skippedCount,
    revenue,
    rows: texts.length,
    rowRevenue: revenue,
    rowDigest: createHash('md5').update(texts.join(',')).digest('hex'),
    undo: 'none',
  };
  const violations = kind === 'contacts' ? checkCreated(saved, stored) : [];
  if (!isDeepStrictEqual(actual, expected))
    violations.push(`${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  return violations.map((violation) => `import ${importId} of ${key} is ${violation}`);
}

function textOf({ index, row, contact, revenue }: SavedRecord): string | undefined {
  if (revenue !== undefined) return `${index}:${contact}:${toNumeric(revenue)}`;
  return row === undefined ? undefined : `${index}:${row}`;
}

/** What an import of contacts says it has created is there, and it has changed all others. */
function checkCreated(saved: readonly SavedRecord[], { created, made }: StoredImport): string[] {
  const { listContactsUpdated, ...ofLedger } = created;
  const contacts = new Set(saved.map(({ contact }) => contact)).size;
  if (isDeepStrictEqual(ofLedger, made) && made.listContacts + listContactsUpdated === contacts) return [];
  return [
    `of ${contacts} contacts on lists, and has created ${JSON.stringify(created)}; there are ${JSON.stringify(made)}`,
  ];
}

function checkUndone({ key, kind }: LabRequest, { importId, open, rows, made, undo }: StoredImport): string[] {
  // What an import of sends has made may have got something else meanwhile.
  const isGone = kind === 'sends' || made.contacts + made.listContacts === 0;
  if (open === 0 && rows === 0 && isGone && undo === 'undone') return [];
  return [`import ${importId} of ${key} was to be undone, and is ${JSON.stringify({ open, rows, made, undo })}`];
}
