import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { catalogs, fewRecords, requests } from './model/arbitraries.ts';
import { addModelCatalog } from './model/catalog.ts';
import { RevenueModel, type ModelStats } from './model/revenue-model.ts';
import { readAcceptedAt, readStoredRecords } from './support/catalog.ts';
import { importIdOf, postRecords, type Answer } from './support/http.ts';
import { withFewShrinks } from './support/few-shrinks.ts';
import { modelRuns } from './support/model-runs.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { startApi, type Api } from './support/stack.ts';
import { useStack } from './support/suite.ts';

const CHUNK_SIZES = [1, 3, 7, 1000];
/** Hundreds of records in chunks that are smaller are hundreds of jobs. */
const SLOW_BELOW = 7;
const RUNS = modelRuns(100);

describeOnEachQueue('the product does what a model in memory does', (createQueue) => {
  const stack = useStack({ createQueue });
  const apis: Api[] = [];

  beforeAll(async () => {
    const { options } = stack();
    apis.push(...(await Promise.all(CHUNK_SIZES.map((chunkSize) => startApi({ ...options, chunkSize })))));
  });
  afterAll(async () => {
    await Promise.all(apis.map((api) => api[Symbol.asyncDispose]()));
  });

  async function readStats(contacts: string[]): Promise<ModelStats[]> {
    const { rows } = await stack().database.sql.query<ModelStats>(
      `SELECT
         revenue_total::text, conversion_count,
         to_char(last_revenue_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS last_revenue_at
       FROM list_contacts
       JOIN unnest($1::bigint[]) WITH ORDINALITY AS wanted (id, position) USING (id)
       ORDER BY position`,
      [contacts],
    );
    return rows;
  }

  async function expectSameAsModel(answer: Answer, records: unknown[], model: RevenueModel): Promise<void> {
    const importId = importIdOf(answer);
    const expected = model.importRecords(records, await readAcceptedAt(stack().database.sql, importId));
    expect(answer.text).toBe(expected.body);
    expect(await readStoredRecords(stack().database.sql, importId)).toEqual(expected.rows);
  }

  test('for random catalogs and requests, sent at once, in chunks of any size: answers, rows and stats', async () => {
    const sent = fc.oneof(
      ...CHUNK_SIZES.map((size, api) => fc.tuple(fc.constant(api), size < SLOW_BELOW ? fewRecords : requests)),
    );
    const property = fc.asyncProperty(
      catalogs,
      fc.array(sent, { minLength: 1, maxLength: 4, size: 'max' }),
      withFewShrinks(async (catalog, batch) => {
        const { account, contacts } = await addModelCatalog(stack().database.sql, catalog);
        const model = new RevenueModel(catalog);
        const answers = await Promise.all(
          batch.map(([api, records]) => postRecords(apis[api]?.url ?? '', account.apiKey, records)),
        );
        for (const [position, [, records]] of batch.entries()) {
          const answer = answers[position];
          if (answer) await expectSameAsModel(answer, records, model);
        }
        expect(await readStats(contacts)).toEqual(model.stats());
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});
