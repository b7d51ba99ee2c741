import { describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { get, importIdOf, post, postRecords, undoImport, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';

const BULK = '/api/v2/offers/bulk';
const ONE = '/api/v2/offers';

const documented = {
  id: 'offer_123',
  name: 'Winter sale',
  tracking_url: 'https://go.example.com/winter?a=1',
  external_id: 'tune-77',
  external_platform: 'tune',
  payout: 5.25,
  payout_type: 'cpc',
  status: 'paused',
};

describeOnEachQueue('offers', (createQueue) => {
  const stack = useStack({ createQueue });

  /** As another account, which has no offers yet. */
  const newcomer = async () => {
    const { url, database } = stack();
    const account = await addAccount(database.sql);
    const { apiKey } = account;
    return {
      ...account,
      send: (offers: unknown[], query = '', headers: Record<string, string> = {}): Promise<Answer> =>
        post(url, JSON.stringify({ offers }), { path: BULK + query, apiKey, headers }),
      add: (offer: unknown, query = '', headers: Record<string, string> = {}): Promise<Answer> =>
        post(url, JSON.stringify(offer), { path: ONE + query, apiKey, headers }),
      read: (path: string) => get(`${url}/api/v2${path}`, apiKey),
      undo: (answer: Answer, headers: Record<string, string> = {}) =>
        undoImport(url, importIdOf(answer), apiKey, headers),
    };
  };

  test('are imported, with defaults, and read back by id and by external id', async () => {
    const { send, read } = await newcomer();
    const answer = await send([documented, { name: 'Spring sale' }]);
    expect(answer).toMatchObject({
      status: 200,
      json: { success_count: 2, error_count: 0, duplicates_skipped: 0, errors: [] },
    });
    const made = { created_at: expect.any(String), import_id: importIdOf(answer) };
    for (const ref of ['offer_123', 'tune-77']) {
      expect(await read(`/offers/${ref}`)).toMatchObject({ status: 200, json: { ...documented, ...made } });
    }
    expect((await read('/offers')).json).toEqual({
      offers: [
        {
          id: expect.stringMatching(/^offer_[0-9a-f]{20}$/),
          name: 'Spring sale',
          tracking_url: null,
          external_id: null,
          external_platform: null,
          payout: 0,
          payout_type: 'cpa',
          status: 'active',
          ...made,
        },
        { ...documented, ...made },
      ],
      pagination: { page: 1, per_page: 50, total: 2, total_pages: 1, has_more: false },
    });
    for (const ref of ['nowhere', 'offer_12', '%00', 'x'.repeat(300)]) {
      expect(await read(`/offers/${ref}`)).toMatchObject({ status: 404, json: { code: 'not_found' } });
    }
    const longest = 'ü'.repeat(255);
    expect(await send([{ id: longest, name: 'The longest id' }])).toMatchObject({ status: 200 });
    expect(await read(`/offers/${encodeURIComponent(longest)}`)).toMatchObject({ status: 200, json: { id: longest } });
    const stranger = await newcomer();
    expect(await stranger.read('/offers/offer_123')).toMatchObject({ status: 404 });
  });

  test('whose id is there are skipped, with a warning if they say something else', async () => {
    const { send, read } = await newcomer();
    await send([documented]);
    const again = await send([
      { ...documented, payout: '5.2500' },
      { ...documented, status: 'active' },
      { id: 'new', name: 'First' },
      { id: 'new', name: 'Second' },
      { id: 'new', name: 'First' },
      { id: 'other', name: 'Other', external_id: 'tune-77' },
      { id: 'twin', name: 'Twin', external_id: 'x' },
      { id: 'twin 2', name: 'Twin', external_id: 'x' },
    ]);
    expect(again.json).toEqual({ success_count: 4, error_count: 0, duplicates_skipped: 4, errors: [] });
    expect(again.headers.get('import-notices')).toBe('duplicate_differs=2, external_id_taken=2');
    const { json } = await read(`/history/imports/${importIdOf(again)}/errors`);
    expect(json).toMatchObject({
      errors: [
        { index: 1, id: 'offer_123', code: 'duplicate_differs', warning: true, record: null },
        { index: 3, id: 'new', code: 'duplicate_differs', warning: true },
        { index: 5, id: 'other', code: 'external_id_taken', warning: true },
        { index: 7, id: 'twin 2', code: 'external_id_taken', warning: true },
      ],
    });
    expect((await read('/offers/new')).json).toMatchObject({ name: 'First' });
    expect((await read('/offers/tune-77')).json).toMatchObject({ id: 'offer_123' });
  });

  test.for([
    [{}, 'missing_name'],
    [{ id: '', name: 'x' }, 'invalid_id'],
    [{ id: 7, name: 'x' }, 'invalid_id'],
    [{ id: 'x'.repeat(256), name: 'x' }, 'invalid_id'],
    [{ name: ' ' }, 'missing_name'],
    [{ name: 'x'.repeat(256) }, 'invalid_name'],
    [{ name: 'a\u0000' }, 'invalid_name'],
    [{ name: 'x', tracking_url: 'ftp://x' }, 'invalid_tracking_url'],
    [{ name: 'x', tracking_url: 'https://a b' }, 'invalid_tracking_url'],
    [{ name: 'x', tracking_url: `https://${'x'.repeat(2041)}` }, 'invalid_tracking_url'],
    [{ name: 'x', external_id: 5 }, 'invalid_external_id'],
    [{ name: 'x', external_platform: 'hasoffers' }, 'invalid_external_platform'],
    [{ name: 'x', payout: -1 }, 'invalid_payout'],
    [{ name: 'x', payout_type: 'cpm' }, 'invalid_payout_type'],
    [{ name: 'x', status: 'deleted' }, 'invalid_status'],
    ['x', 'invalid_record'],
  ] as const)('such as %j are rejected with %s', async ([offer, code]) => {
    const { send } = await newcomer();
    const answer = await send([{ id: 'good', name: 'Good' }, offer]);
    expect(answer).toMatchObject({ status: 200, json: { success_count: 1, errors: [{ index: 1, code }] } });
  });

  test('in dry runs leave nothing, and in atomic imports come together or not at all', async () => {
    const { send, read } = await newcomer();
    await send([{ id: 'there', name: 'There' }]);
    const three = [{ id: 'a', name: 'A' }, { id: 'there', name: 'Else' }, {}];
    const counts = { success_count: 1, error_count: 1, duplicates_skipped: 1 };
    expect((await send(three, '?dry_run=true')).json).toMatchObject(counts);
    expect((await send(three, '?atomic=true')).json).toMatchObject({
      ...counts,
      success_count: 0,
      duplicates_skipped: 0,
    });
    expect(await read('/offers/a')).toMatchObject({ status: 404 });
    expect((await send(three.slice(0, 2), '?atomic=true')).json).toMatchObject({ ...counts, error_count: 0 });
    expect(await read('/offers/a')).toMatchObject({ status: 200 });
  });

  test('that come at the same time with the same ids are there once', async () => {
    const { send, read } = await newcomer();
    const some = Array.from({ length: 20 }, (_, index) => ({ id: `o${index}`, name: `${index}` }));
    const answers = await Promise.all([some, some.toReversed(), some, some].map((offers) => send(offers)));
    const saved = answers.map(({ json }) => Object(json).success_count);
    const skipped = answers.map(({ json }) => Object(json).duplicates_skipped);
    expect(saved.reduce((sum, each) => sum + each)).toBe(20);
    expect(skipped.reduce((sum, each) => sum + each)).toBe(60);
    expect((await read('/offers?per_page=7&page=3')).json).toMatchObject({
      offers: [{}, {}, {}, {}, {}, {}],
      pagination: { page: 3, per_page: 7, total: 20, total_pages: 3 },
    });
  });

  describe('one by one', () => {
    test('are added and returned, once for each key', async () => {
      const { add, read } = await newcomer();
      const offer = { name: 'Winter sale', tracking_url: 'https://go.example.com/winter', payout: '5.0000' };
      const first = await add(offer, '', { 'idempotency-key': 'k' });
      expect(first).toMatchObject({
        status: 200,
        json: { success: true, is_new_offer: true, offer: { ...offer, payout: 5, import_id: importIdOf(first) } },
      });
      expect((await add(offer, '', { 'idempotency-key': 'k' })).json).toEqual(first.json);
      expect((await add(offer)).json).not.toEqual(first.json);
      expect((await read('/offers')).json).toMatchObject({ pagination: { total: 2 } });
      expect((await read('/history/imports?kind=offers')).json).toMatchObject({ imports: [{}, {}] });
    });

    test('stay as they are if their id is there', async () => {
      const { add } = await newcomer();
      await add(documented);
      expect((await add({ ...documented, name: 'Other' })).json).toMatchObject({
        is_new_offer: false,
        offer: { name: 'Winter sale' },
      });
      expect((await add({ ...documented, id: 'dry' }, '?dry_run=true')).json).toEqual({
        success: true,
        is_new_offer: true,
        offer: null,
      });
    });

    test.for([
      [{ name: 'x' }, 'missing_tracking_url'],
      [{ name: 'x', tracking_url: ' ' }, 'missing_tracking_url'],
      [{ tracking_url: 'https://x' }, 'missing_name'],
      [{ name: 'x', tracking_url: 'x' }, 'invalid_tracking_url'],
      [null, 'missing_tracking_url'],
      [[], 'missing_tracking_url'],
      ['x', 'missing_tracking_url'],
    ] as const)('such as %j are refused with %s', async ([offer, code]) => {
      const { add } = await newcomer();
      expect(await add(offer)).toMatchObject({ status: 400, json: { code } });
    });
  });

  test('beyond the pages that are served are refused', async () => {
    const { read } = await newcomer();
    expect(await read('/offers?page=1001&per_page=100')).toMatchObject({
      status: 400,
      json: { code: 'page_too_deep' },
    });
    for (const query of ['page=0', 'per_page=101', 'per_page=x', 'status=active']) {
      expect(await read(`/offers?${query}`)).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
    }
    expect((await read('/offers?page=1000&per_page=100')).json).toMatchObject({ offers: [], pagination: { total: 0 } });
  });

  test('are undone unless revenue refers to one of them', async () => {
    const { url, account } = stack();
    const { apiKey } = account;
    const path = BULK;
    const made = await post(url, JSON.stringify({ offers: [documented, { id: 'unused', name: 'x' }] }), {
      path,
      apiKey,
    });
    const revenue = await postRecords(url, apiKey, [
      { message_id: 'm0', offer_id: 'offer_123', revenue: 1 },
      { message_id: 'm0', offer_id: 'tune-77', revenue: 2 },
    ]);
    expect(revenue.json).toMatchObject({ success_count: 2 });
    const state = `${url}/api/v2/history/imports/${importIdOf(made)}`;
    const before = await get(state, apiKey);

    const refused = await undoImport(url, importIdOf(made), apiKey);
    expect(refused).toMatchObject({ status: 409, json: { code: 'import_in_use', in_use: { revenue: 2 } } });
    expect(refused.headers.get('x-import-id')).toBe(importIdOf(made));
    const refusedUndo = { refused_at: expect.any(String), in_use: { revenue: 2 } };
    expect((await get(state, apiKey)).json).toEqual({ ...Object(before.json), refused_undo: refusedUndo });
    // Whoever did not wait finds it in the state.
    const async = await undoImport(url, importIdOf(made), apiKey, { prefer: 'respond-async' });
    expect(async.status === 202 || async.status === 409).toBe(true);
    await expect.poll(async () => (await get(state, apiKey)).json).toMatchObject({ refused_undo: refusedUndo });
    expect(await get(`${url}/api/v2/offers/unused`, apiKey)).toMatchObject({ status: 200 });

    await undoImport(url, importIdOf(revenue), apiKey);
    const undone = await undoImport(url, importIdOf(made), apiKey);
    expect(undone).toMatchObject({ status: 200, json: { status: 'undone', undo: { removed_count: 2 } } });
    expect(undone.json).not.toHaveProperty('refused_undo');
    expect(await get(`${url}/api/v2/offers/offer_123`, apiKey)).toMatchObject({ status: 404 });
    const again = await post(url, JSON.stringify({ offers: [documented] }), { path, apiKey });
    expect(again.json).toMatchObject({ success_count: 1, duplicates_skipped: 0 });
  });
});
