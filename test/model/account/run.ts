import { readDrift } from '../../support/account-state.ts';
import { readAcceptedAt, type TestAccount } from '../../support/catalog.ts';
import { get, importIdOf, undoImport, type Answer } from '../../support/http.ts';
import type { Api } from '../../support/stack.ts';
import type { RunningStack } from '../../support/suite.ts';
import { addAccountBefore } from './before.ts';
import { AccountModel } from './model.ts';
import { readAccount, readWrongMakers } from './read-account.ts';
import { placed } from './records.ts';
import type { ImportFacts } from './state.ts';
import { sendTo, type Request, type Step } from './steps.ts';
import { viewOf } from './view.ts';

interface Sent {
  request: Request;
  key: number;
  id: string;
  answer: Answer;
  isUndone: boolean;
}

export interface RunOptions {
  stack: RunningStack;
  /** By the size of their chunks. */
  apis: ReadonlyMap<number, Api>;
}

/** What the product says or has, and what it should. */
export interface Comparison {
  product: object;
  model: object;
}

/** An account of the product beside one in memory. */
export class AccountRun {
  readonly #options: RunOptions;
  readonly #account: TestAccount;
  readonly #listIds: readonly number[];
  readonly #model: AccountModel;
  readonly #sent: Sent[] = [];

  private constructor(options: RunOptions, account: TestAccount, lists: ReadonlyMap<number, string>) {
    this.#options = options;
    this.#account = account;
    this.#listIds = lists.keys().toArray();
    this.#model = new AccountModel(lists);
  }

  static async start(options: RunOptions): Promise<AccountRun> {
    const { account, lists } = await addAccountBefore(options.stack.database.sql);
    return new AccountRun(options, account, lists);
  }

  /** Does a step in both. */
  async do(step: Step): Promise<Comparison> {
    switch (step.do) {
      case 'import':
        return this.#import(step, step.key);
      case 'repeat':
        return this.#repeat(step.number, step.chunkSize);
      case 'undo':
        return this.#undo(step.number);
    }
  }

  /** Reads what both have now. */
  async readAll(): Promise<Comparison> {
    const { stack } = this.#options;
    const numbers = new Map(this.#sent.map(({ id }, number) => [id, number]));
    const reading = { stack, account: this.#account, numbers };
    const { state, isAsBefore } = this.#model;
    const product = {
      account: await readAccount(reading),
      wrongMakers: await readWrongMakers(reading, state),
      drift: await readDrift(stack.database, this.#account),
      ...(isAsBefore && { rowBytes: await this.#readRowBytes() }),
    };
    return {
      product,
      model: { account: viewOf(state), wrongMakers: [], drift: 0, ...(isAsBefore && { rowBytes: 0 }) },
    };
  }

  async #import(request: Request, key: number): Promise<Comparison> {
    const answer = await this.#send(request, key);
    const id = importIdOf(answer);
    const { records, chunkSize, isDryRun, isAtomic } = request;
    const isOneChunk = isDryRun || isAtomic || records.length <= chunkSize;
    const placedRecords = records.map((each) => placed(each, this.#listIds));
    const model = this.#model.import(
      { ...request, records: placedRecords },
      { ...(await this.#factsOf(request, id)), isOneChunk },
    );
    this.#sent.push({ request, key, id, answer, isUndone: false });
    const { status, text: body } = answer;
    const product = { status, body, notices: noticesOf(answer), findings: await this.#findingsOf(id) };
    return { product, model: { status: 200, ...model } };
  }

  async #undo(number: number): Promise<Comparison> {
    const sent = this.#sentAt(number);
    const { status, json } = await undoImport(this.#options.stack.url, sent.id, this.#account.apiKey);
    if (sent.isUndone) return { product: { status, ...stateOf(json) }, model: { status: 200, state: 'undone' } };
    const model = this.#model.undo(number);
    sent.isUndone = !('in_use' in model);
    return { product: { status, ...undoOutcomeOf(json) }, model: { status: sent.isUndone ? 200 : 409, ...model } };
  }

  async #repeat(number: number, chunkSize: number): Promise<Comparison> {
    const { request, key, answer, isUndone } = this.#sentAt(number);
    const again = await this.#send({ ...request, chunkSize }, key);
    const { status, text, headers } = again;
    if (isUndone) {
      const { code }: { code?: string } = Object(again.json);
      return { product: { status, code }, model: { status: 409, code: 'import_undone' } };
    }
    return {
      product: { status, text, id: importIdOf(again), replayed: headers.get('idempotent-replayed') },
      model: { status: 200, text: answer.text, id: importIdOf(answer), replayed: 'true' },
    };
  }

  #send(request: Request, key: number): Promise<Answer> {
    const account = { apiKey: this.#account.apiKey, listIds: this.#listIds };
    const baseUrl = this.#options.apis.get(request.chunkSize)?.url ?? '';
    return sendTo(baseUrl, request, account, { 'idempotency-key': `import-${key}` });
  }

  async #factsOf({ kind }: Request, id: string): Promise<Pick<ImportFacts, 'acceptedAt' | 'savedOffers'>> {
    const { sql } = this.#options.stack.database;
    const acceptedAt = await readAcceptedAt(sql, id);
    if (kind !== 'offers') return { acceptedAt, savedOffers: [] };
    const { rows } = await sql.query<{ index: number; id: string }>(
      'SELECT record_index AS index, public_id AS id FROM offers WHERE account_id = $1 AND import_id = $2 ORDER BY offers.id',
      [this.#account.id, id],
    );
    return { acceptedAt, savedOffers: rows };
  }

  async #findingsOf(id: string): Promise<object[]> {
    const { text } = await get(`${this.#options.stack.url}/api/v2/history/imports/${id}/errors`, this.#account.apiKey);
    const { errors }: { errors: { index: number; code: string; warning?: true }[] } = JSON.parse(text);
    return errors.map(({ index, code, warning = false }) => ({ index, code, warning }));
  }

  /** What the rows of imports take, as it is counted, without those of the ledger. */
  async #readRowBytes(): Promise<number> {
    const { rows } = await this.#options.stack.database.sql.query<{ bytes: number }>(
      `SELECT (stored_bytes - (
         SELECT sum(stored_bytes) FROM (
           SELECT stored_bytes FROM imports WHERE account_id = $1
           UNION ALL SELECT stored_bytes FROM import_chunks WHERE account_id = $1
           UNION ALL SELECT 260 FROM undo_chunks WHERE account_id = $1
         ) AS ledger
       ))::integer AS bytes
       FROM account_usage WHERE account_id = $1`,
      [this.#account.id],
    );
    return rows[0]?.bytes ?? -1;
  }

  #sentAt(number: number): Sent {
    const sent = this.#sent[number];
    if (!sent) throw new Error(`There is no import ${number}.`);
    return sent;
  }
}

/** The state of an import that an answer tells. */
function stateOf(json: unknown): object {
  const { status }: { status?: string } = Object(json);
  return { state: status };
}

/** What an answer to an undo says of it, as the model does. */
function undoOutcomeOf(json: unknown): object {
  const { in_use: inUse, undo }: { in_use?: object; undo?: Record<string, unknown> } = Object(json);
  if (inUse) return { in_use: inUse };
  const { requested_at: _requested, completed_at: _completed, ...counts } = undo ?? {};
  return counts;
}

/** The header `Import-Notices`, by name: its order means nothing. */
function noticesOf({ headers }: Answer): string[] {
  return headers.get('import-notices')?.split(', ').toSorted() ?? [];
}
