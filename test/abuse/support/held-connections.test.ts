import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { countHeldConnections } from './held-connections.ts';

test('connections are told apart by where they come from, until the server closes them', async () => {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sockets = ['127.0.0.2', '127.0.0.2', '127.0.0.3'].map((localAddress) =>
    connect({ host: '127.0.0.1', port, localAddress }),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const held = () => Promise.all(['127.0.0.2', '127.0.0.3'].map((each) => countHeldConnections(port, each)));
  await expect.poll(held).toEqual([2, 1]);
  sockets[0]?.destroy();
  await expect.poll(held).toEqual([1, 1]);
});
