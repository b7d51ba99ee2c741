import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';

import { describe, expect, test } from 'vitest';

import { createMetrics } from './metrics.ts';
import { openStatusServer } from './status.ts';

const options = {
  host: '127.0.0.1',
  metrics: createMetrics(),
  readiness: () => 'ready' as const,
  setting: 'SOME_PORT',
};

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

test('a process without a port of its own takes the usual one, and another one where that is taken', async () => {
  await using cleanup = new AsyncDisposableStack();
  const first = cleanup.use(await openStatusServer({ ...options, port: 0, usualPort: 0 }));
  const usualPort = Number(new URL(first.url).port);
  const second = cleanup.use(await openStatusServer({ ...options, port: undefined, usualPort }));
  expect(second.url).not.toBe(first.url);
  expect(await statusOf(`${first.url}/healthz`)).toBe(200);
  expect(await statusOf(`${second.url}/metrics`)).toBe(200);

  await expect(openStatusServer({ ...options, port: usualPort, usualPort })).rejects.toThrow(
    `Port ${usualPort} of 127.0.0.1 is taken: set SOME_PORT to a free one.`,
  );
});

test('readiness is what the process says it is', async () => {
  for (const [readiness, status] of [
    ['ready', 200],
    ['draining', 503],
    ['unavailable', 503],
  ] as const) {
    await using server = await openStatusServer({ ...options, readiness: () => readiness, port: 0, usualPort: 0 });
    expect(await statusOf(`${server.url}/readyz`)).toBe(status);
  }
});

test('many that ask at the same time cost no more than one', async () => {
  let asked = 0;
  const asking = Promise.withResolvers<'ready'>();
  const readiness = async () => {
    asked += 1;
    return asking.promise;
  };
  await using server = await openStatusServer({ ...options, readiness, port: 0, usualPort: 0 });
  const statuses = Promise.all(Array.from({ length: 20 }, () => statusOf(`${server.url}/readyz`)));
  await expect.poll(() => asked).toBe(1);
  // By now, the others have come, too.
  await statusOf(`${server.url}/healthz`);
  asking.resolve('ready');
  expect(new Set(await statuses)).toEqual(new Set([200]));
  expect(asked).toBeLessThan(20);
  const before = asked;
  await statusOf(`${server.url}/readyz`);
  expect(asked).toBe(before + 1);
});

describe('metrics on loopback', () => {
  /** Sends a request as it is; returns what comes back until the server closes the connection. */
  async function exchange(address: string, port: number, path: string, host: string | undefined): Promise<string> {
    const socket = connect(port, address);
    // Without the header, as HTTP/1.0 allows.
    const head = host === undefined ? 'HTTP/1.0\r\n' : `HTTP/1.1\r\nHost: ${host}\r\n`;
    socket.write(`GET ${path} ${head}Connection: close\r\n\r\n`);
    return text(socket);
  }

  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const hasIpv6 = addresses.some(({ family }) => family === 'IPv6');
  test.each(['127.0.0.1', '0.0.0.0', ...(hasIpv6 ? ['::'] : [])])(
    'listening on %s, are for its own names only',
    async (host) => {
      await using server = await openStatusServer({ ...options, host, port: 0, usualPort: 0 });
      const port = Number(new URL(server.url).port);
      for (const name of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'x.localhost']) {
        expect.soft(await exchange('127.0.0.1', port, '/metrics', name)).toContain('process_cpu_seconds_total');
      }
      for (const name of [`evil.example:${port}`, 'localhost.evil.example', '192.0.2.2', '', undefined]) {
        const answer = await exchange('127.0.0.1', port, '/metrics', name);
        expect.soft(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
        expect.soft(answer).toContain('answers requests to localhost and 127.0.0.1 only');
        for (const path of ['/healthz', '/readyz']) {
          expect.soft(await exchange('127.0.0.1', port, path, name)).toContain('200 OK');
        }
      }
    },
  );

  const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  test.skipIf(outside === undefined)('are for every name on other addresses', async () => {
    await using server = await openStatusServer({ ...options, host: '0.0.0.0', port: 0, usualPort: 0 });
    const port = Number(new URL(server.url).port);
    for (const name of ['prometheus.example', undefined]) {
      expect(await exchange(outside ?? '', port, '/metrics', name)).toContain('process_cpu_seconds_total');
    }
  });
});
