import { once } from 'node:events';
import { connect } from 'node:net';

import { Counter } from 'prom-client';
import { expect, test, vi } from 'vitest';

import { Connections } from './connections.ts';
import { LIMITS } from './limits.ts';
import { Strangers } from './strangers.ts';

/** More than the buffers of a connection hold. */
const LONG_ANSWER = Buffer.alloc(32 * 1024 * 1024);

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
