import { randomBytes } from 'node:crypto';

import { kinds, openDatabase, removeOldImports } from '@trackly/db';
import { beforeAll, describe, expect, test } from 'vitest';

import { apiKinds } from '../../apps/api/src/kinds/index.ts';
import { apiSightings, createSightings, sightings } from '../kinds/sightings.ts';
import { readAccountState } from '../support/account-state.ts';
import { addSmallCatalog } from '../support/catalog.ts';
import { importIdOf, post, REVENUE_PATH, undoImport, type Answer } from '../support/http.ts';
import { PATIENT } from '../support/limits.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';

const newFingerprint = () => randomBytes(16).toString('base64url');
const newName = () => `${newFingerprint()}.csv`;
const record = (messageId = 'm0') => ({ message_id: messageId, offer_id: 'o0', revenue: 1.5 });
const bothKinds = { ...apiKinds, sightings: apiSightings };
const JANUARY = 'january.csv';
const FEBRUARY = 'february.csv';

interface Sending {
  fingerprints: string[];
  again?: boolean;
  key?: string;
  query?: string;
  records?: unknown[];
  apiKey?: string;
  path?: string;
  list?: string;
}

describeOnEachQueue('the same records again', (createQueue) => {
  const stack = useStack({
    createQueue,
    chunkSize: 2,
    apiKinds: bothKinds,
    workerKinds: [kinds.revenue, sightings],
  });
  beforeAll(() => createSightings(stack().database.sql));

  function send(name: string, sending: Sending): Promise<Answer> {
    const { url, account } = stack();
    const {
      fingerprints,
      again,
      key,
      query = '',
      records = [record()],
      path = REVENUE_PATH,
      list = 'records',
    } = sending;
    return post(url, JSON.stringify({ [list]: records }), {
      apiKey: sending.apiKey ?? account.apiKey,
      path: path + query,
      headers: {
        'import-name': encodeURIComponent(name),
        'import-fingerprints': fingerprints.join(', '),
        ...(again && { 'import-again': 'true' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
    });
  }

  const knownNames = async (fingerprint: string) => {
    const { rows } = await stack().database.sql.query<{ import_name: string }>(
      'SELECT import_name FROM import_fingerprints WHERE fingerprint = $1 ORDER BY import_id',
      [Buffer.from(fingerprint, 'base64url')],
    );
    return rows.map(({ import_name: name }) => name);
  };
  const stateOf = () => readAccountState(stack().database.sql, stack().account);
  const refusedAs = (name: string, first: Answer) => ({
    status: 409,
    json: { code: 'already_imported', import_name: name, import_id: importIdOf(first) },
  });

  /** Removes all imports from the ledger, as happens after the retention time. */
  async function removeImports(): Promise<void> {
    const db = openDatabase({ url: stack().database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
    const later = new Date(Date.now() + 60_000);
    await removeOldImports(db, { before: later, dryRunsBefore: later }, 1_000);
    await db.$disconnect();
  }

  test('are refused under another name, however few of them', async () => {
    const [first, shared, last] = [newFingerprint(), newFingerprint(), newFingerprint()];
    const imported = await send('Umsätze "2024".csv', { fingerprints: [first, shared] });
    expect(imported).toMatchObject({ status: 200, json: { success_count: 1 } });
    const before = await stateOf();

    const refused = await send(FEBRUARY, { fingerprints: [shared, last], key: newName() });
    expect(refused).toMatchObject(refusedAs('Umsätze "2024".csv', imported));
    expect(refused.json).toMatchObject({
      error: expect.stringContaining('imported before, as "Umsätze \\"2024\\".csv"'),
    });
    expect(importIdOf(refused)).toBe(importIdOf(imported));
    expect(await stateOf()).toEqual(before);
    // Nothing is left of the refused request.
    expect(await knownNames(last)).toEqual([]);
    expect(await send(JANUARY, { fingerprints: [last] })).toMatchObject({ status: 200 });
  });

  test('are imported under the same name: a file may have them twice, and neighbours share a fingerprint', async () => {
    const fingerprints = [newFingerprint(), newFingerprint()];
    for (const key of [newName(), newName()]) {
      expect(await send(JANUARY, { fingerprints, key })).toMatchObject({ status: 200, json: { success_count: 1 } });
    }
    expect(await send(FEBRUARY, { fingerprints })).toMatchObject({ status: 409 });
  });

  test('are imported if that is wanted', async () => {
    const fingerprints = [newFingerprint()];
    await send(JANUARY, { fingerprints });
    const again = { fingerprints, again: true, key: newName() };
    const imported = await send(FEBRUARY, again);
    expect(imported).toMatchObject({ status: 200, json: { success_count: 1 } });
    // A replay is one, whether it says again or not.
    for (const sending of [again, { ...again, again: false }]) {
      const replay = await send(FEBRUARY, sending);
      expect(replay).toMatchObject({ status: 200, text: imported.text });
      expect(importIdOf(replay)).toBe(importIdOf(imported));
      expect(replay.headers.get('idempotent-replayed')).toBe('true');
    }
    expect(await knownNames(fingerprints[0] ?? '')).toEqual([JANUARY, FEBRUARY]);
    // What the second has brought is there when the first is undone.
    const { url, account } = stack();
    expect(await send('march.csv', { fingerprints })).toMatchObject({ json: { import_name: JANUARY } });
    const undone = await send(JANUARY, { fingerprints: [newFingerprint()] });
    await undoImport(url, importIdOf(undone), account.apiKey);
    expect(await send('march.csv', { fingerprints })).toMatchObject({ status: 409 });
  });

  test('are a replay under their key: the headers are not part of the request', async () => {
    const key = newName();
    const imported = await send(JANUARY, { fingerprints: [newFingerprint()], key });
    const other = newFingerprint();
    const replay = await send(FEBRUARY, { fingerprints: [other], key });
    expect(importIdOf(replay)).toBe(importIdOf(imported));
    expect(await knownNames(other)).toEqual([]);
    const reused = await send(JANUARY, { fingerprints: [newFingerprint()], key, records: [record('m1')] });
    expect(reused).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
  });

  test('are nobody else’s, and of no other kind', async () => {
    const fingerprints = [newFingerprint()];
    await send(JANUARY, { fingerprints });
    const other = await addSmallCatalog(stack().database.sql);
    expect(await send(FEBRUARY, { fingerprints, apiKey: other.apiKey })).toMatchObject({ status: 200 });
    const ofPlace = (species: string) => ({
      fingerprints,
      path: '/api/v2/sightings/bulk',
      list: 'sightings',
      records: [{ place: 'Loch Ness', species }],
    });
    expect(await send(FEBRUARY, ofPlace('eel'))).toMatchObject({ status: 200, json: { success_count: 1 } });
    expect(await send(JANUARY, ofPlace('otter'))).toMatchObject({ status: 409, json: { import_name: FEBRUARY } });
  });

  test('are imported after an undo, as soon as it is asked for, but for what others have brought', async () => {
    const { url, account } = stack();
    const [own, shared] = [newFingerprint(), newFingerprint()];
    const first = await send(JANUARY, { fingerprints: [own, shared] });
    const second = await send(JANUARY, { fingerprints: [shared] });
    await undoImport(url, importIdOf(first), account.apiKey, { prefer: 'respond-async' });
    expect(await send(FEBRUARY, { fingerprints: [own] })).toMatchObject({ status: 200 });
    expect(await send(FEBRUARY, { fingerprints: [shared] })).toMatchObject(refusedAs(JANUARY, second));
    await undoImport(url, importIdOf(second), account.apiKey);
    expect(await send(FEBRUARY, { fingerprints: [shared] })).toMatchObject({ status: 200 });
  });

  test('are known past the retention time, under their own name, too', async () => {
    const fingerprints = [newFingerprint()];
    const imported = await send(JANUARY, { fingerprints });
    await removeImports();
    const before = await stateOf();
    for (const name of [JANUARY, FEBRUARY]) {
      expect(await send(name, { fingerprints })).toMatchObject(refusedAs(JANUARY, imported));
    }
    expect(await stateOf()).toEqual(before);
    expect(await send(JANUARY, { fingerprints, again: true })).toMatchObject({ status: 200 });
  });

  test.each([
    ['found nothing to refer to', [record('unknown')]],
    ['passed no check', [{}]],
  ])('are imported if the earlier import %s, and this is forgotten with it', async (_what, records) => {
    const fingerprint = newFingerprint();
    await send(JANUARY, { fingerprints: [fingerprint], records });
    expect(await send(FEBRUARY, { fingerprints: [fingerprint], records })).toMatchObject({ status: 200 });
    await removeImports();
    expect(await knownNames(fingerprint)).toEqual([]);
    expect(await send('march.csv', { fingerprints: [fingerprint] })).toMatchObject({ status: 200 });
  });

  test('are refused to a dry run, which leaves nothing behind itself', async () => {
    const [known, unknown] = [newFingerprint(), newFingerprint()];
    await send(JANUARY, { fingerprints: [known] });
    const query = '?dry_run=true';
    expect(await send(FEBRUARY, { fingerprints: [known], query })).toMatchObject({ status: 409 });
    expect(await send(FEBRUARY, { fingerprints: [known], query, again: true })).toMatchObject({ status: 200 });
    expect(await send(FEBRUARY, { fingerprints: [unknown], query })).toMatchObject({ status: 200 });
    expect(await knownNames(unknown)).toEqual([]);
  });

  test('of an atomic import are known if it was saved', async () => {
    const [kept, cancelled] = [newFingerprint(), newFingerprint()];
    const query = '?atomic=true';
    await send(JANUARY, { fingerprints: [kept], query });
    expect(await send(FEBRUARY, { fingerprints: [kept], query })).toMatchObject({ status: 409 });
    await send(JANUARY, { fingerprints: [cancelled], query, records: [record(), record('unknown')] });
    expect(await knownNames(cancelled)).toEqual([]);
    expect(await send(FEBRUARY, { fingerprints: [cancelled] })).toMatchObject({ status: 200 });
  });

  test('are imported once of many names at once, whatever order they are in', async () => {
    for (let round = 0; round < 5; round += 1) {
      const fingerprints = Array.from({ length: 20 }, newFingerprint);
      const names = Array.from({ length: 10 }, newName);
      const before = await stateOf();
      const answers = await Promise.all(
        names.map((name, index) =>
          send(name, { fingerprints: index % 2 ? fingerprints : fingerprints.toReversed(), key: name }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
      expect((await stateOf()).rows).toBe(before.rows + 1);
    }
  });

  test('at once under one key are one import', async () => {
    const key = newName();
    const fingerprints = [newFingerprint()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(JANUARY, { fingerprints, key })));
    expect(new Set(answers.map(importIdOf)).size).toBe(1);
    expect(await knownNames(fingerprints[0] ?? '')).toEqual([JANUARY]);
  });

  test('count once if a request has a fingerprint twice', async () => {
    const fingerprint = newFingerprint();
    expect(await send(JANUARY, { fingerprints: [fingerprint, fingerprint] })).toMatchObject({ status: 200 });
    expect(await knownNames(fingerprint)).toEqual([JANUARY]);
  });
});

describe('records that come again before they are saved', () => {
  const stack = useStack({ worker: false });
  const send = (name: string, fingerprint: string, query = '') =>
    post(stack().url, JSON.stringify({ records: [record()] }), {
      path: REVENUE_PATH + query,
      apiKey: stack().account.apiKey,
      headers: { 'import-name': name, 'import-fingerprints': fingerprint, prefer: 'respond-async' },
    });

  test('are refused', async () => {
    const fingerprint = newFingerprint();
    const first = await send(JANUARY, fingerprint);
    expect(first).toMatchObject({ status: 202 });
    expect(await send(FEBRUARY, fingerprint)).toMatchObject({ status: 409, json: { import_id: importIdOf(first) } });
  });

  test('are accepted if the first was a dry run', async () => {
    const fingerprint = newFingerprint();
    expect(await send(JANUARY, fingerprint, '?dry_run=true')).toMatchObject({ status: 202 });
    expect(await send(FEBRUARY, fingerprint)).toMatchObject({ status: 202 });
  });
});
