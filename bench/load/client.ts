import { readFile } from 'node:fs/promises';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';

import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

import { LoadOrder, type LoadResult } from './messages.ts';

// The load client, a process of its own: carries out one order after the other that it is sent, and answers each.

const PATH = '/api/v2/history/revenue';
const NEWLINE = 0x0a;

const Expected = Type.Array(Type.Object({ saved: Type.Integer(), failed: Type.Integer(), cents: Type.Integer() }));
type Expected = Static<typeof Expected>[number];

const Answer = Type.Object({
  success_count: Type.Integer(),
  error_count: Type.Integer(),
  total_revenue: Type.Number(),
});

process.on('message', (message) => {
  const order = Value.Parse(LoadOrder, message);
  send(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit());

/** @throws when an answer is not the expected one */
async function send(order: LoadOrder): Promise<LoadResult> {
  const { requests, connections } = order;
  const bodies = splitLines(await readFile(order.bodies));
  const expected = Value.Parse(Expected, JSON.parse(await readFile(order.expected, 'utf8')));
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const milliseconds: number[] = [];
  let next = 0;

  async function runConnection(): Promise<void> {
    while (next < requests) {
      const number = next;
      next += 1;
      const index = number % bodies.length;
      const [body, wanted] = [bodies[index], expected[index]];
      if (!body || !wanted) throw new Error(`There is no body ${index}.`);
      const sentAt = performance.now();
      const { status, text } = await post(agent, order, body, `${order.keyPrefix}-${number}`);
      milliseconds.push(performance.now() - sentAt);
      check(status, text, wanted);
    }
  }

  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, runConnection));
  } finally {
    agent.destroy();
  }
  return { seconds: (performance.now() - startedAt) / 1000, milliseconds };
}

async function post(agent: Agent, { url, apiKey }: LoadOrder, body: Buffer, key: string) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest(url + PATH, {
    agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-api-key': apiKey,
      'idempotency-key': key,
    },
  });
  request.once('response', resolve);
  request.once('error', reject);
  request.end(body);
  const response = await promise;
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) text += String(part);
  return { status: response.statusCode ?? 0, text };
}

function check(status: number, text: string, wanted: Expected): void {
  if (status !== 200) throw new Error(`The API answered ${status}: ${text.slice(0, 500)}`);
  const answer = Value.Parse(Answer, JSON.parse(text));
  const isRight =
    answer.success_count === wanted.saved &&
    answer.error_count === wanted.failed &&
    Math.round(answer.total_revenue * 100) === wanted.cents;
  if (!isRight) throw new Error(`The API answered ${text.slice(0, 500)}, expected was ${JSON.stringify(wanted)}.`);
}

function splitLines(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(NEWLINE, start);
    lines.push(text.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
