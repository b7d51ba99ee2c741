import { readFile } from 'node:fs/promises';
import { Agent } from 'node:http';

import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

import { exchange, splitLines } from './exchange.ts';
import { LoadOrder, type Load, type LoadResult, type Question } from './messages.ts';

// The load client, a process of its own: carries out one order after the other that it is sent, and answers each.

const PATH = '/api/v2/history/revenue';

const Expected = Type.Object({ saved: Type.Integer(), failed: Type.Integer(), cents: Type.Integer() });
type Expected = Static<typeof Expected>;

const Answer = Type.Object({
  success_count: Type.Integer(),
  error_count: Type.Integer(),
  total_revenue: Type.Number(),
});

/** Kept between orders, as a client keeps its connections between requests. */
const agent = new Agent({ keepAlive: true });

process.on('message', (message) => {
  const order = Value.Parse(LoadOrder, message);
  const done = 'address' in order ? ask(order) : send(order);
  done.then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit());

/** @throws when an answer is not the expected one */
async function send(load: Load): Promise<LoadResult> {
  const { url, apiKey, first, requests, connections, keyPrefix } = load;
  const { bodies, expected } = await readFiles(load);
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
  const milliseconds: number[] = [];
  let next = first;

  async function runConnection(): Promise<void> {
    while (next < first + requests) {
      const number = next;
      next += 1;
      const [body, wanted] = [bodies[number % bodies.length], expected[number % bodies.length]];
      if (!body || !wanted) throw new Error('There are no bodies.');
      const sentAt = performance.now();
      const answer = await exchange(url + PATH, {
        agent,
        method: 'POST',
        headers: { ...headers, 'content-length': body.length, 'idempotency-key': `${keyPrefix}-${number}` },
        body,
      });
      milliseconds.push(performance.now() - sentAt);
      check(answer, wanted);
    }
  }

  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, runConnection));
  return { seconds: (performance.now() - startedAt) / 1000, milliseconds };
}

async function ask({ address, requests }: Question): Promise<LoadResult> {
  const milliseconds: number[] = [];
  const startedAt = performance.now();
  for (let number = 0; number < requests; number += 1) {
    const askedAt = performance.now();
    const { status } = await exchange(address, { agent, method: 'GET' });
    if (status !== 200) throw new Error(`${address} answered ${status}.`);
    milliseconds.push(performance.now() - askedAt);
  }
  return { seconds: (performance.now() - startedAt) / 1000, milliseconds };
}

interface Files {
  bodies: Buffer[];
  expected: Expected[];
}

/** Those that were read last: many orders send some of the same. */
const cache = { name: '', files: Promise.resolve<Files>({ bodies: [], expected: [] }) };

function readFiles({ bodies, expected }: Load): Promise<Files> {
  if (cache.name !== bodies) Object.assign(cache, { name: bodies, files: read(bodies, expected) });
  return cache.files;
}

async function read(bodies: string, expected: string): Promise<Files> {
  return {
    bodies: splitLines(await readFile(bodies)),
    expected: Value.Parse(Type.Array(Expected), JSON.parse(await readFile(expected, 'utf8'))),
  };
}

function check({ status, text }: { status: number; text: string }, wanted: Expected): void {
  if (status !== 200) throw new Error(`The API answered ${status}: ${text.slice(0, 500)}`);
  const answer = Value.Parse(Answer, JSON.parse(text));
  const isRight =
    answer.success_count === wanted.saved &&
    answer.error_count === wanted.failed &&
    Math.round(answer.total_revenue * 100) === wanted.cents;
  if (!isRight) throw new Error(`The API answered ${text.slice(0, 500)}, expected was ${JSON.stringify(wanted)}.`);
}
