import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import type { Attack, AttackCounters } from './attack.ts';
import { keepAttacking } from './connection.ts';

/** Attacks a server over one connection at a time until the test ends. */
async function startAttack(
  attack: (line: Pick<Attack, 'port' | 'localAddress'>) => Attack,
  serve: (socket: Socket) => void,
) {
  const over = new AbortController();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    serve(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    over.abort();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const counters: AttackCounters = { connections: 0, requests: 0, answers: {}, cuts: 0, seconds: 0 };
  keepAttacking(attack({ port, localAddress: '127.0.0.2' }), 0, counters, over.signal);
  return { counters, sockets };
}

const requests = [{ head: 'GET /a HTTP/1.1' }, { head: 'GET /{random} HTTP/1.1' }];
const ANSWER = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}';

test('a flood asks again and again, takes turns at its requests, and comes back when it is cut off', async () => {
  let received = '';
  const { counters, sockets } = await startAttack(
    (line) => ({ ...line, kind: 'flood', name: 'flood', connections: 1, requests }),
    (socket) =>
      socket.on('data', (data) => {
        received += data.toString();
        socket.write(ANSWER);
      }),
  );
  await expect.poll(() => counters.answers['401'] ?? 0).toBeGreaterThan(10);
  expect(sockets[0]?.remoteAddress).toBe('127.0.0.2');
  expect(received).toMatch(/^GET \/a HTTP\/1\.1\r\n\r\nGET \/[0-9a-f]{32} HTTP\/1\.1\r\n\r\nGET \/a /);
  sockets[0]?.destroy();
  await expect.poll(() => counters).toMatchObject({ connections: 2, cuts: 1 });
});

test('who reads nothing notices that it is cut off nevertheless', async () => {
  const { counters } = await startAttack(
    (line) => ({ ...line, kind: 'unread', name: 'unread', connections: 1, requests, pipelined: 3 }),
    (socket) => socket.once('data', () => socket.write(ANSWER.repeat(3), () => socket.resetAndDestroy())),
  );
  await expect.poll(() => counters.connections).toBeGreaterThan(1);
  expect(counters).toMatchObject({ answers: {} });
  expect(counters.requests).toBeGreaterThanOrEqual(6);
});

test('a body trickles, after a part of it', async () => {
  const pieces: string[] = [];
  const body = Buffer.from('abcdef');
  await startAttack(
    (line) => ({
      ...line,
      kind: 'trickle',
      name: 'trickle',
      connections: 1,
      requests: [{ head: 'POST / HTTP/1.1', body }],
      bytesAtOnce: 3,
      everyMs: 50,
    }),
    (socket) => socket.on('data', (data) => pieces.push(data.toString())),
  );
  await expect.poll(() => pieces.join('')).toBe('POST / HTTP/1.1\r\n\r\nabcdef');
  expect(pieces.length).toBeGreaterThan(2);
});
