import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { LIMITS } from '../../../apps/api/src/load/limits.ts';
import { addAccount } from '../../support/catalog.ts';
import { eventually } from '../../support/eventually.ts';
import { get, type Answer } from '../../support/http.ts';
import { useStack, type RunningStack } from '../../support/suite.ts';
import { Description } from './description.ts';
import type { Operation } from './operations.ts';
import { exchangeRaw } from './raw.ts';
import { send, UNKNOWN_IMPORT } from './send.ts';

const UNKNOWN_KEY = `trk_${'0'.repeat(32)}`;

/** Holds answers of some operations against the description. */
export interface Conformance {
  stack: () => RunningStack;
  /** Which documented response an answer is, as "status code", and where it is not as documented. */
  look: (operation: Operation, answer: Answer) => string[];
  /** Tests what is the same for each of the operations. */
  testEverywhere: () => void;
  /** Tests, after all others, that everything has been seen that the description says of the operations. */
  testCompleteness: () => void;
}

/** Gives the calling suite a service, and what it needs to compare the answers of some operations with the description. */
export function useConformance(operations: readonly Operation[]): Conformance {
  const stack = useStack({ chunkSize: 1 });
  const seen = new Set<string>();
  let description: Description;
  beforeAll(async () => {
    description = new Description((await get(`${stack().url}/openapi.json`)).json);
  });

  function look(operation: Operation, answer: Answer): string[] {
    const { seen: name, misfits } = description.check(operation.id, answer);
    seen.add(name);
    return [
      name.replace(`${operation.id} `, '').replace('application/json ', '').replace(' application/json', ''),
      ...misfits,
    ];
  }

  function testEverywhere(): void {
    const broken = useStack({ worker: false });
    const away = useStack({ worker: false, awayAfterLooks: 15 });
    const filled = useStack({ worker: false, limits: { ...LIMITS, memory: { total: 0, each: 0 } } });
    const never = { atOnce: 0, atOnceEach: 0, waitingEach: 1, patienceMs: 1 };
    const crowded = useStack({ worker: false, limits: { ...LIMITS, turns: never, reportTurns: never } });
    let unlock: () => Promise<void>;

    beforeAll(async () => {
      for (const table of ['imports', 'revenue_records', 'offers', 'sending_lists', 'list_contacts']) {
        await broken().database.sql.query(`ALTER TABLE ${table} RENAME TO hidden_${table}`);
      }
      // The API asks for its backlog ten times a second; a server that does not answer that counts as away.
      const lock = await away().database.sql.connect();
      await lock.query('BEGIN; LOCK TABLE import_chunks');
      unlock = async () => {
        await lock.query('ROLLBACK');
        lock.release();
      };
      await eventually(async () => {
        const { status } = await get(`${away().url}/readyz`);
        if (status !== 503) throw new Error(`It is still ${status}.`);
      });
    });
    afterAll(() => unlock());

    test('when it is hardly HTTP', async () => {
      const { url } = stack();
      const exchanges = operations.map(async (operation) => {
        const start = `${operation.method} ${operation.path(UNKNOWN_IMPORT)} HTTP/1.1\r\n`;
        const hostless = await exchangeRaw(url, `${start}Connection: close\r\n\r\n`);
        expect(look(operation, hostless)).toEqual(['400 malformed_request']);
        const large = await exchangeRaw(url, `${start}Host: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
        expect(look(operation, large)).toEqual(['431 headers_too_large']);
        expect(look(operation, await exchangeRaw(url, `${start}Host: `))).toEqual(['408 request_timeout']);
      });
      await Promise.all(exchanges);
    });

    describe.for(operations)('to $id', (operation) => {
      test('without a valid key, or with that of a suspended account', async () => {
        const { url, database } = stack();
        const { id, apiKey } = await addAccount(database.sql);
        await database.sql.query('UPDATE accounts SET suspended_at = now() WHERE id = $1', [id]);
        expect(look(operation, await send(url, operation))).toEqual(['401 missing_api_key']);
        expect(look(operation, await send(url, operation, { apiKey: UNKNOWN_KEY }))).toEqual(['401 invalid_api_key']);
        expect(look(operation, await send(url, operation, { apiKey }))).toEqual(['403 suspended']);
      });

      test('when something fails inside, or a server is away', async () => {
        const { apiKey } = broken().account;
        expect(look(operation, await send(broken().url, operation, { apiKey }))).toEqual(['500 internal_error']);
        const { url, account } = away();
        expect(look(operation, await send(url, operation, { apiKey: account.apiKey }))).toEqual(['503 unavailable']);
      });

      test('when too many want something at once', async () => {
        const answerOf = ({ url, account }: RunningStack) => send(url, operation, { apiKey: account.apiKey });
        expect(look(operation, await answerOf(filled()))).toEqual(['429 too_many_requests']);
        expect(look(operation, await answerOf(crowded()))).toEqual(['503 overloaded']);
      });
    });
  }

  function testCompleteness(): void {
    test('and everything that it says has been seen', () => {
      const isOwn = (name: string) => operations.some(({ id }) => name.startsWith(`${id} `));
      expect(description.documented.filter((name) => isOwn(name) && !seen.has(name))).toEqual([]);
    });

    test('its examples fit their schemas', () => {
      expect(description.exampleMisfits).toEqual([]);
    });
  }

  return { stack, look, testEverywhere, testCompleteness };
}
