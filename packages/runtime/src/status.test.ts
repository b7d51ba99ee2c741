import { expect, test } from 'vitest';

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
