import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { SendsModel, type DrawnSend } from '../model/sends-model.ts';
import { readDrift } from '../support/account-state.ts';
import { withFewShrinks } from '../support/few-shrinks.ts';
import { get, importIdOf, post, undoImport, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { startApi, type Api } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { addSender, LISTS, person, readMessages, readNumbers, readRecipients, SENDS_PATH } from './support.ts';

const CHUNK_SIZES = [1, 3, 1000];
const RUNS = 60;
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

type Step =
  | { do: 'send'; records: DrawnSend[]; api: number }
  | { do: 'earn'; ids: string[]; api: number }
  | { do: 'undo'; which: number };

const mostly = (values: readonly unknown[], others: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 15 }, { arbitrary: fc.constantFrom(...others), weight: 1 });

/** Few of everything, so that they collide. A list id is that of a list by position. */
const drawnSends: fc.Arbitrary<DrawnSend> = fc.record(
  {
    id: mostly(IDS, [null, '', ' ']),
    list_number: mostly(LISTS, [null, '+15559999999']),
    list_id: fc.option(fc.nat({ max: LISTS.length }), { freq: 1, nil: null }),
    to_number: mostly([0, 1, 2].map(person), ['15551000001', '', null]),
    message: fc.constantFrom('', 'Hello', null),
    send_type: fc.constantFrom('campaign', 'single', null),
    delivered: mostly([true, false, null], ['yes']),
    length: mostly([0, 35, null], [-1, 1.5]),
    timestamp: mostly(['2025-01-01', '2025-02-01T10:00:00Z', '2025-03-01T00:00:00+02:00'], [null, 'soon']),
  },
  { requiredKeys: ['id', 'list_number', 'to_number', 'timestamp'] },
);
const api = fc.nat({ max: CHUNK_SIZES.length - 1 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant('send'),
      records: fc.array(drawnSends, { minLength: 1, maxLength: 8 }),
      api,
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('earn'),
      ids: fc.array(fc.constantFrom(...IDS), { minLength: 1, maxLength: 3 }),
      api,
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ do: fc.constant('undo'), which: fc.nat({ max: 20 }) }), weight: 3 },
);

describeOnEachQueue('sends, revenue and undos do what a model in memory does', (createQueue) => {
  const stack = useStack({ createQueue });
  const apis: Api[] = [];

  beforeAll(async () => {
    const { options } = stack();
    apis.push(...(await Promise.all(CHUNK_SIZES.map((chunkSize) => startApi({ ...options, chunkSize })))));
  });
  afterAll(async () => {
    await Promise.all(apis.map((each) => each[Symbol.asyncDispose]()));
  });

  test('in any order, in chunks of any size: answers, warnings, rows, contacts and stats', async () => {
    const property = fc.asyncProperty(
      fc.array(steps, { minLength: 1, maxLength: 12, size: 'max' }),
      withFewShrinks(async (drawn) => {
        const { sql } = stack().database;
        const account = await addSender(sql);
        const model = new SendsModel(new Map(account.listIds.map((id, index) => [id, LISTS[index] ?? ''])));
        const answers: unknown[] = [];
        const expected: unknown[] = [];
        const imports: { id: string; kind: 'send' | 'earn'; isUndone: boolean }[] = [];
        const send = (path: string, number: number, records: unknown[]): Promise<Answer> =>
          post(apis[number]?.url ?? '', JSON.stringify({ records }), { path, apiKey: account.apiKey });

        for (const step of drawn) {
          const number = imports.length;
          if (step.do === 'send') {
            const records = step.records.map(withListId(account.listIds));
            const answer = await send(SENDS_PATH, step.api, records);
            answers.push({ body: answer.text, differing: await warningsOf(answer, account.apiKey) });
            expected.push(model.send(number, records));
            imports.push({ id: importIdOf(answer), kind: 'send', isUndone: false });
          } else if (step.do === 'earn') {
            const records = step.ids.map((id) => ({
              message_id: id,
              offer_id: 'o0',
              revenue: 1,
              timestamp: '2025-04-01',
            }));
            const answer = await send('/api/v2/history/revenue', step.api, records);
            answers.push(Reflect.get(Object(answer.json), 'success_count'));
            expected.push(model.earn(number, step.ids));
            imports.push({ id: importIdOf(answer), kind: 'earn', isUndone: false });
          } else if (imports.length > 0) {
            await undo(step.which % imports.length);
          }
        }

        async function undo(number: number): Promise<void> {
          const undone = imports[number];
          if (!undone || undone.isUndone) return;
          const { json } = await undoImport(stack().url, undone.id, account.apiKey);
          if (undone.kind === 'earn') model.loseRevenue(number);
          const outcome = undone.kind === 'earn' ? undefined : model.undo(number);
          undone.isUndone = !(outcome && 'in_use' in outcome);
          if (!outcome) return;
          answers.push(undoAnswerOf(Object(json)));
          expected.push(outcome);
        }

        expect(answers).toEqual(expected);
        const messages = await readMessages(sql, account);
        expect(
          messages.map(({ imported: _imported, import_id: _id, record_index: _index, ...message }) => message),
        ).toEqual(model.messages);
        const recipients = await readRecipients(sql, account);
        expect(recipients.map(({ signup_method: _method, ...recipient }) => recipient)).toEqual(model.recipients);
        expect(await readNumbers(sql, account)).toEqual(model.numbers);
        expect(await readDrift(stack().database, account)).toBe(0);
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
  });

  async function warningsOf(answer: Answer, apiKey: string): Promise<number[]> {
    const { text } = await get(`${stack().url}/api/v2/history/imports/${importIdOf(answer)}/errors`, apiKey);
    const { errors }: { errors: { index: number; warning?: true }[] } = JSON.parse(text);
    return errors.filter(({ warning }) => warning).map(({ index }) => index);
  }
});

/** The last position is that of no list. */
function withListId(ids: readonly number[]): (record: DrawnSend) => DrawnSend {
  return (record) => {
    const position = record['list_id'];
    return typeof position === 'number' ? { ...record, list_id: ids[position] ?? 999_999_999 } : record;
  };
}

/** What an answer to an undo says of it, as the model does. */
function undoAnswerOf({ in_use: inUse, undo }: { in_use?: object; undo?: Record<string, unknown> }): object {
  if (inUse) return { in_use: inUse };
  const { requested_at: _requested, completed_at: _completed, ...counts } = undo ?? {};
  return counts;
}
