import { kinds } from '@trackly/db';
import { beforeAll, expect, test } from 'vitest';

import { apiKinds } from '../../apps/api/src/kinds/index.ts';
import { apiSightings, createSightings, sightings } from '../kinds/sightings.ts';
import { get, importIdOf, post, REVENUE_PATH, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';

/** The messages of the small catalog were sent on 2025-01-01. */
const dated = (timestamp?: string, messageId = 'm0') => ({
  message_id: messageId,
  offer_id: 'o0',
  revenue: 1,
  timestamp,
});
const BEFORE = '2024-12-31T23:59:59Z';
const AFTER = '2025-01-01T00:00:00Z';

const bothKinds = { ...apiKinds, sightings: apiSightings };

describeOnEachQueue('what a dry run notices', (createQueue) => {
  const stack = useStack({ createQueue, apiKinds: bothKinds, workerKinds: [kinds.revenue, sightings] });
  beforeAll(() => createSightings(stack().database.sql));

  const send = (records: unknown[], query = '?dry_run=true', headers: Record<string, string> = {}): Promise<Answer> => {
    const { url, account } = stack();
    return post(url, JSON.stringify({ records }), { path: REVENUE_PATH + query, apiKey: account.apiKey, headers });
  };
  const stateOf = async (answer: Answer) => {
    const { url, account } = stack();
    return (await get(`${url}/api/v2/history/imports/${importIdOf(answer)}`, account.apiKey)).json;
  };
  const noticesOf = ({ headers }: Answer) => headers.get('import-notices');

  test('is how many of the records that it would save are dated before their message', async () => {
    const records = [dated(BEFORE), dated(AFTER), dated(BEFORE, 'm1'), dated(BEFORE, 'unknown'), dated('1'), dated()];
    const answer = await send(records);
    expect(answer).toMatchObject({ status: 200, json: { success_count: 4 } });
    expect(Object.keys(answer.json ?? {})).toEqual(['success_count', 'error_count', 'total_revenue', 'errors']);
    expect(noticesOf(answer)).toBe('dated_before_message=2');
    expect(await stateOf(answer)).toMatchObject({ notices: { dated_before_message: 2 } });
  });

  test('is said by the state of one that is not waited for', async () => {
    const accepted = await send([dated(BEFORE)], '?dry_run=true', { prefer: 'respond-async' });
    expect(accepted.status).toBe(202);
    await expect.poll(() => stateOf(accepted)).toMatchObject({ notices: { dated_before_message: 1 } });
  });

  test.each([
    ['there is nothing to say', '?dry_run=true', [dated(AFTER)]],
    ['nothing would be saved', '?dry_run=true&atomic=true', [dated(BEFORE), dated(BEFORE, 'unknown')]],
    ['no record passes the checks', '?dry_run=true', [{}]],
    ['it is no dry run', '', [dated(BEFORE)]],
    ['it is an atomic import', '?atomic=true', [dated(BEFORE)]],
  ])('is nothing if %s', async (_why, query, records) => {
    const answer = await send(records, query);
    expect(answer.status).toBe(200);
    expect(noticesOf(answer)).toBeNull();
    expect(await stateOf(answer)).not.toHaveProperty('notices');
  });

  test('is nothing for a kind that notices nothing', async () => {
    const { url, account } = stack();
    const path = '/api/v2/sightings/bulk?dry_run=true';
    const body = JSON.stringify({ sightings: [{ place: 'Loch Ness', species: 'eel' }] });
    const answer = await post(url, body, { path, apiKey: account.apiKey });
    expect(answer).toMatchObject({ status: 200, json: { success_count: 1 } });
    expect(noticesOf(answer)).toBeNull();
  });
});
