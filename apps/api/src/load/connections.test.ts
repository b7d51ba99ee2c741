import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

import { Counter } from 'prom-client';
import { expect, test, vi } from 'vitest';

import { Connections } from './connections.ts';
import { LIMITS, type Limits } from './limits.ts';
import { Strangers } from './strangers.ts';

/** More than the buffers of a connection hold. */
const LONG_ANSWER = Buffer.alloc(32 * 1024 * 1024);

/** Serves what a connection is asked for; a request names its requester in the path. */
async function serve(limits: Limits, handle: (url: string, response: ServerResponse) => void) {
  const closed = new Counter<'reason'>({ name: 'closed', help: 'Closed.', labelNames: ['reason'], registers: [] });
  const connections = new Connections(limits, new Strangers(limits), closed);
  const server = connections.createServer({}, ({ url = '', socket }, response) => {
    connections.know(socket, url);
    handle(url, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const sockets: Socket[] = [];
  return {
    /** Opens a connection that has had an answer already. */
    async open(requester: string) {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      const send = (count: number, padding = '') =>
        socket.write(`GET ${requester} HTTP/1.1\r\nHost: x\r\nX-Padding: ${padding}\r\n\r\n`.repeat(count));
      send(1);
      await once(socket, 'data');
      return { socket, send };
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('of requests that arrive together, one of each requester begins in turns', async () => {
  const begun: string[] = [];
  await using server = await serve(LIMITS, (url, response) => {
    begun.push(url);
    response.end();
  });
  const many = await server.open('/many');
  const few = await server.open('/few');
  begun.length = 0;
  many.send(16);
  few.send(1);
  await expect.poll(() => begun).toHaveLength(17);
  expect(begun.indexOf('/few')).toBeLessThan(4);
});

test('requests that are not answered take memory, and whoever has most of it gives way', async () => {
  const waiting: ServerResponse[] = [];
  let isSlow = false;
  await using server = await serve({ ...LIMITS, requests: { total: 100_000, each: 90_000 } }, (_url, response) => {
    if (isSlow) waiting.push(response);
    else response.end();
  });
  const [large, others, small] = [
    await server.open('/large'),
    await server.open('/large'),
    await server.open('/small'),
  ];
  isSlow = true;
  const padding = 'x'.repeat(12_000);
  large.send(2, padding);
  others.send(1, padding);
  await expect.poll(() => waiting).toHaveLength(3);
  small.send(5);
  await once(large.socket, 'close');
  await expect.poll(() => waiting).toHaveLength(8);
  expect([others, small].map(({ socket }) => socket.destroyed)).toEqual([false, false]);

  // More than its share.
  others.send(4, padding);
  await once(others.socket, 'close');
});

test.each(['/long', '/short', '/short /short'])(
  'a client that reads nothing of an answer is disconnected, also after %s',
  async (paths) => {
    const limits = { ...LIMITS, stallMs: 200 };
    const closed = new Counter({ name: 'closed', help: 'Closed.', labelNames: ['reason' as const], registers: [] });
    const connections = new Connections(limits, new Strangers(limits), closed);
    const server = connections.createServer({}, (request, response) => {
      connections.limitStall(request.socket, response);
      // Like most answers, not before all requests that came with it are parsed.
      setImmediate(() => response.end(request.url === '/long' ? LONG_ANSWER : 'ok'));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    const client = connect(address.port, '127.0.0.1')
      .pause()
      .on('error', () => undefined);
    for (const path of [...paths.split(' '), '/long']) client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await vi.waitFor(
      async () => {
        const { values } = await closed.get();
        expect(values).toMatchObject([{ labels: { reason: 'unread_answer' }, value: 1 }]);
      },
      { timeout: 30_000 },
    );
    client.destroy();
    server.close();
  },
);
