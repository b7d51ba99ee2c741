import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { createMetrics, openStatusServer } from '@trackly/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startOps } from './ops/support/ops.ts';
import { createDatabase } from './support/database.ts';

const HEAD = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n';
const BODY = `${HEAD.replace('GET', 'POST')}Content-Length: 9\r\nContent-Type: application/json\r\n\r\n{`;
const CONNECTIONS = 100;
const REQUESTS = 20;

type Server = 'the console' | 'the server of probes and metrics';

describe('clients that are slow, or many', () => {
  const cleanup = new AsyncDisposableStack();
  const ports = new Map<Server, number>();

  beforeAll(async () => {
    const { url } = cleanup.use(await createDatabase());
    const ops = cleanup.use(await startOps({ databaseUrl: url, queueServer: { databaseUrl: url } }));
    const options = { metrics: createMetrics(), readiness: () => 'ready' as const, host: '127.0.0.1', setting: '' };
    const status = cleanup.use(await openStatusServer({ ...options, port: 0, usualPort: 0 }));
    ports.set('the console', Number(new URL(ops.url).port));
    ports.set('the server of probes and metrics', Number(new URL(status.url).port));
  });
  afterAll(() => cleanup.disposeAsync());

  async function open(server: Server, sent: string): Promise<Socket> {
    const socket = connect({ port: ports.get(server) ?? 0, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(sent);
    return socket;
  }
  /** What a server says until it closes the connection, or breaks it off. */
  async function answersTo(server: Server, sent: string): Promise<string> {
    const socket = await open(server, sent);
    let answers = '';
    socket.on('data', (piece: Buffer) => (answers += piece.toString()));
    await new Promise((resolve) => socket.once('close', resolve));
    return answers;
  }
  const statusesIn = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);

  test('are disconnected if they send nothing, half a head, or half a body', async () => {
    const ends = [...ports.keys()].flatMap((server) => ['', HEAD, BODY].map((sent) => answersTo(server, sent)));
    const statuses = (await Promise.all(ends)).map((answers) => statusesIn(answers).at(-1));
    expect(statuses).toEqual(Array.from({ length: 6 }, () => '408'));
  });

  test.each(['the console', 'the server of probes and metrics'] as const)(
    'get few answers from one connection that does not wait for them, from %s',
    async (server) => {
      const socket = await open(server, `${HEAD}\r\n`.repeat(REQUESTS + 1));
      let answers = '';
      socket.on('data', (piece: Buffer) => (answers += piece.toString()));
      const expected = [...Array.from({ length: REQUESTS }, () => '200'), '503'];
      await expect.poll(() => statusesIn(answers)).toEqual(expected);
      socket.destroy();
    },
  );

  test.each(['the console', 'the server of probes and metrics'] as const)(
    'are disconnected at once if there are too many of them, by %s',
    async (server) => {
      const held = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(server, '')));
      expect(await answersTo(server, `${HEAD}\r\n`)).toBe('');
      for (const socket of held) socket.destroy();
      await expect.poll(() => answersTo(server, `${HEAD}Connection: close\r\n\r\n`)).toContain('200 OK');
    },
  );
});
