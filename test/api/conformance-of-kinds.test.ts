import { describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { importIdOf } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import {
  getList,
  getOffer,
  IMPOSSIBLE,
  IMPOSSIBLE_NUMBER,
  imports,
  LARGE_CONTACTS,
  listContacts,
  listLists,
  listOffers,
  SAVE_CONTACT,
  singles,
} from './conformance/kinds.ts';
import { undoImport } from './conformance/operations.ts';
import { send, type Sending } from './conformance/send.ts';
import { useConformance } from './conformance/suite.ts';

const NOW = { prefer: 'respond-async' };

describe('what revenue refers to is answered as the API says', () => {
  const operations = [...imports, ...singles, listContacts, listOffers, getOffer, listLists, getList];
  const { stack, look, testEverywhere, testCompleteness } = useConformance(operations);
  const idle = useStack({ worker: false, maxOpenChunksPerAccount: 1 });
  const full = useStack({ worker: false, maxStoredBytesPerAccount: 1_000 });
  testEverywhere();

  describe.for([...imports, ...singles])('to $id', (operation) => {
    test('that is saved, sent again, a dry run, undone, or the same as another', async () => {
      const { url, account, database } = stack();
      const { apiKey } = account;
      await database.sql.query('DELETE FROM import_fingerprints');
      const ask = (sending: Sending) => send(url, operation, { apiKey, ...sending });
      const key = { 'idempotency-key': operation.id };
      const first = await ask({ headers: { ...key, prefer: 'wait=240' } });
      expect(look(operation, first)).toEqual(['200']);
      const again = await ask({ headers: key });
      expect(look(operation, again)).toEqual(['200']);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(look(operation, await ask({ query: '?dry_run=true' }))).toEqual(['200']);
      expect(look(operation, await ask({ headers: key, query: '?atomic=true' }))).toEqual([
        '422 idempotency_key_reused',
      ]);
      const undone = await send(url, undoImport, { apiKey, importId: importIdOf(first) });
      expect(undone.status).toBe(200);
      expect(look(operation, await ask({ headers: key }))).toEqual(['409 import_undone']);
      const source = { 'import-fingerprints': 'q1fnOXSgRIuN8c3PKm7kXA', 'import-name': 'a' };
      expect(look(operation, await ask({ headers: source }))).toEqual(['200']);
      expect(look(operation, await ask({ headers: { ...source, 'import-name': 'b' } }))).toEqual([
        '409 already_imported',
      ]);
      expect(look(operation, await ask({ headers: NOW }))).toEqual(['202']);
    });

    test('that is refused', async () => {
      const { url, account, database } = stack();
      const { apiKey } = account;
      await database.sql.query(
        `ALTER TABLE offers DROP CONSTRAINT IF EXISTS never, ADD CONSTRAINT never CHECK (name <> '${IMPOSSIBLE}');
         ALTER TABLE contacts DROP CONSTRAINT IF EXISTS never,
           ADD CONSTRAINT never CHECK (phone_number <> '${IMPOSSIBLE_NUMBER}')`,
      );
      const ask = async (sending: Sending) => look(operation, await send(url, operation, { apiKey, ...sending }));
      for (const [body, wanted] of operation.refused) {
        expect(await ask({ body: JSON.stringify(body) })).toEqual([wanted]);
      }
      expect(await ask({ body: '{' })).toEqual(['400 invalid_json']);
      expect(await ask({ query: '?dryrun=true' })).toEqual(['400 invalid_parameter']);
      expect(await ask({ headers: { 'idempotency-key': '' } })).toEqual(['400 invalid_idempotency_key']);
      expect(await ask({ headers: { 'import-name': '' } })).toEqual(['400 invalid_header']);
      expect(await ask({ body: `"${'x'.repeat(5 * 1024 * 1024)}"` })).toEqual(['413 payload_too_large']);
      expect(await ask({ headers: { 'content-type': 'text/csv' } })).toEqual(['415 unsupported_media_type']);
      const usedUp = await send(full().url, operation, { apiKey: full().account.apiKey });
      expect(look(operation, usedUp)).toEqual(['403 quota_exceeded']);
    });

    test('when the account has too much to do', async () => {
      const { url, database } = idle();
      const { apiKey } = await addAccount(database.sql);
      await eventually(async () => {
        const answer = await send(url, operation, { apiKey, headers: NOW });
        expect(look(operation, answer)).toEqual(['429 too_many_pending']);
      });
      await database.sql.query('DELETE FROM import_chunks; DELETE FROM undo_chunks');
    });
  });

  test('to contacts, offers and lists', async () => {
    const { url, account } = stack();
    const { apiKey } = account;
    for (const operation of [listContacts, listOffers, getOffer, listLists]) {
      expect(look(operation, await send(url, operation, { apiKey }))).toEqual(['200']);
    }
    for (const operation of [listContacts, listOffers, listLists]) {
      expect(look(operation, await send(url, operation, { apiKey, query: '?page=0' }))).toEqual([
        '400 invalid_parameter',
      ]);
      expect(look(operation, await send(url, operation, { apiKey, query: '?page=100001' }))).toEqual([
        '400 page_too_deep',
      ]);
    }
    const { json } = await send(url, listLists, { apiKey });
    const list = { ...getList, path: () => `/api/v2/lists/${Object(json).lists[0].id}` };
    expect(look(getList, await send(url, list, { apiKey }))).toEqual(['200']);
    for (const operation of [getOffer, getList]) {
      const unknown = { ...operation, path: () => `${operation.path('')}000000` };
      expect(look(operation, await send(url, unknown, { apiKey }))).toEqual(['404 not_found']);
    }
    const answers: string[][] = [];
    for (const contact of LARGE_CONTACTS) {
      answers.push(look(SAVE_CONTACT, await send(url, SAVE_CONTACT, { apiKey, body: JSON.stringify(contact) })));
    }
    expect(answers).toEqual([['200'], ['413 custom_fields_too_large']]);
  });

  testCompleteness();
});
