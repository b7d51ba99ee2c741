import type { ImportKind } from '@trackly/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { drawnRequests, readable, sendTo, textOfRequest, type Request } from './model/account/steps.ts';
import { addSender } from './sends/support.ts';
import { readDrift } from './support/account-state.ts';
import type { TestAccount } from './support/catalog.ts';
import { withFewShrinks } from './support/few-shrinks.ts';
import { get, importIdOf, undoImport, type Answer } from './support/http.ts';
import { modelRuns } from './support/model-runs.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { startApi, startWorker, type Api } from './support/stack.ts';
import { useStack } from './support/suite.ts';

const CHUNK_SIZES = [1, 3];
const RUNS = modelRuns(15);

interface Drawn {
  before: Request[];
  /** Of those before, by position. */
  undone: number[];
  meanwhile: (Request & { isUndoneAtOnce: boolean })[];
}

const requestOf = drawnRequests(CHUNK_SIZES);
const someAtOnce: fc.Arbitrary<Drawn> = fc
  .record({
    before: fc
      .tuple(requestOf('offers'), requestOf('contacts'), requestOf('sends'), requestOf('sends'))
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
    undone: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3, size: 'max' }),
    meanwhile: fc.array(
      fc
        .constantFrom('contacts', 'offers', 'sends', 'revenue', 'revenue')
        .chain((kind) => fc.tuple(requestOf(kind), fc.boolean()))
        .map(([request, isUndoneAtOnce]) => ({ ...request, isUndoneAtOnce })),
      { minLength: 2, maxLength: 6, size: 'max' },
    ),
  })
  .map((drawn) => readable(drawn, textsOf));

function textsOf({ before, undone, meanwhile }: Drawn): string[] {
  return [
    ...before.map((request, number) => `before, import ${number}: ${textOfRequest(request)}`),
    `at once, undo imports ${undone.join(', ')}`,
    ...meanwhile.map((request) => `at once${request.isUndoneAtOnce ? ', and undo' : ''}: ${textOfRequest(request)}`),
  ];
}

/** The state of an import, as far as it matters here. */
interface State {
  kind: ImportKind;
  status: string;
  dry_run: boolean;
  result?: Record<string, number>;
}

describeOnEachQueue('contacts, offers, sends, revenue and undos at the same time', (createQueue) => {
  const stack = useStack({ createQueue });
  const cleanup = new AsyncDisposableStack();
  const apis = new Map<number, Api>();

  beforeAll(async () => {
    const { options } = stack();
    cleanup.use(await startWorker(options));
    for (const chunkSize of CHUNK_SIZES) apis.set(chunkSize, cleanup.use(await startApi({ ...options, chunkSize })));
  });
  afterAll(() => cleanup.disposeAsync());

  test('every import has the rows that it says, an undone one has none, and nothing refers to what is gone', async () => {
    const property = fc.asyncProperty(
      someAtOnce,
      withFewShrinks(async ({ before, undone, meanwhile }) => {
        const account = await addSender(stack().database.sql);
        const send = (each: Request, headers: Record<string, string> = {}): Promise<Answer> =>
          sendTo(apis.get(each.chunkSize)?.url ?? '', each, account, headers);
        const undo = async (importId: string): Promise<void> => {
          const answer = await undoImport(stack().url, importId, account.apiKey);
          const { status, code }: { status?: string; code?: string } = Object(answer.json);
          // What refers to the import may have come in the meantime.
          expect(['200 undone', '409 import_in_use']).toContain(`${answer.status} ${code ?? status}`);
        };

        const ids: string[] = [];
        for (const each of before) ids.push(importIdOf(await send(each)));
        const undoing = undone.map((position) => undo(ids[position] ?? ''));
        const sending = meanwhile.map(async (each) => {
          const answer = await send(each, each.isUndoneAtOnce ? { prefer: 'respond-async' } : {});
          ids.push(importIdOf(answer));
          // Without a record that is left to save, an import is completed at once.
          expect(each.isUndoneAtOnce ? [200, 202] : [200]).toContain(answer.status);
          if (each.isUndoneAtOnce) await undo(importIdOf(answer));
        });
        await Promise.all([...undoing, ...sending]);

        const rows = await readRows(account);
        for (const id of ids) expect(await expectedRows(id, account)).toEqual(rows.get(id) ?? NO_ROWS);
        expect(await readBroken(account)).toEqual({ without_message: 0, without_offer: 0, miscounted_lists: 0 });
        expect(await readDrift(stack().database, account)).toBe(0);
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
    expect(apis.size).toBe(CHUNK_SIZES.length);
  });

  /** How many rows an import has by what its state says. */
  async function expectedRows(importId: string, account: TestAccount): Promise<Rows> {
    const { text } = await get(`${stack().url}/api/v2/history/imports/${importId}`, account.apiKey);
    const { kind, status, dry_run: isDryRun, result = {} }: State = JSON.parse(text);
    expect(['completed', 'undone']).toContain(status);
    if (status === 'undone' || isDryRun) return NO_ROWS;
    const saved = result['success_count'] ?? 0;
    return {
      ...NO_ROWS,
      ...(kind === 'contacts' && { list_contacts: result['list_contacts_created'] ?? -1 }),
      ...(kind === 'offers' && { offers: saved }),
      ...(kind === 'sends' && { messages: saved }),
      ...(kind === 'revenue' && { revenue: saved }),
    };
  }

  async function readRows({ id }: TestAccount): Promise<Map<string, Rows>> {
    const { rows } = await stack().database.sql.query<Rows & { import_id: string }>(
      `SELECT
         import_id,
         count(*) FILTER (WHERE what = 'list_contacts')::integer AS list_contacts,
         count(*) FILTER (WHERE what = 'offers')::integer AS offers,
         count(*) FILTER (WHERE what = 'messages')::integer AS messages,
         count(*) FILTER (WHERE what = 'revenue')::integer AS revenue
       FROM (
         -- Sends do not say which contacts they have added.
         SELECT import_id, 'list_contacts' AS what FROM list_contacts WHERE account_id = $1 AND signup_method = 'api'
         UNION ALL SELECT import_id, 'offers' FROM offers WHERE account_id = $1
         UNION ALL SELECT import_id, 'messages' FROM messages WHERE account_id = $1
         UNION ALL SELECT import_id, 'revenue' FROM revenue_records WHERE account_id = $1
       ) AS made
       WHERE import_id IS NOT NULL
       GROUP BY import_id`,
      [id],
    );
    return new Map(rows.map(({ import_id: importId, ...counts }) => [importId, counts]));
  }

  /** What refers to something that is gone, and counts that are wrong. */
  async function readBroken({ id }: TestAccount): Promise<unknown> {
    const { rows } = await stack().database.sql.query(
      `SELECT
         (SELECT count(*) FROM revenue_records AS record WHERE account_id = $1 AND NOT EXISTS (
           SELECT FROM messages WHERE account_id = $1 AND messages.id = record.message_id
         ))::integer AS without_message,
         (SELECT count(*) FROM revenue_records AS record WHERE account_id = $1 AND NOT EXISTS (
           SELECT FROM offers WHERE account_id = $1 AND offers.id = record.offer_id
         ))::integer AS without_offer,
         (SELECT count(*) FROM sending_lists AS list WHERE account_id = $1 AND contact_count <> (
           SELECT count(*) FROM list_contacts WHERE account_id = $1 AND sending_list_id = list.id
         ))::integer AS miscounted_lists`,
      [id],
    );
    return rows[0];
  }
});

interface Rows {
  list_contacts: number;
  offers: number;
  messages: number;
  revenue: number;
}

const NO_ROWS: Rows = { list_contacts: 0, offers: 0, messages: 0, revenue: 0 };
