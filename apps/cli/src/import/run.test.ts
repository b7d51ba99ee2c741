import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { createClient } from '@trackly/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { send, serve as startServer, type Handler } from '../../../../test/support/scripted-server.ts';
import { importFile, type ImportOptions, type Summary } from './run.ts';

const cleanup: AsyncDisposableStack[] = [];
let file = '';
beforeEach(async () => {
  const stack = new AsyncDisposableStack();
  cleanup.push(stack);
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-import-'));
  stack.defer(() => rm(folder, { recursive: true }));
  file = path.join(folder, 'f.csv');
  // No pause but those that a server asks for.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await cleanup.pop()?.disposeAsync();
});

/** Serves what stands for the API. */
async function serve(handler: Handler): Promise<string> {
  const server = await startServer(handler);
  cleanup.at(-1)?.use(server);
  return server.url;
}

const saved = (count: number) =>
  `{"success_count":${count},"error_count":0,"total_revenue":12345678901234.5678,"errors":[]}`;

async function run(url: string, options: Partial<ImportOptions> = {}, patienceMs = 10_000): Promise<Summary> {
  const client = createClient({ url, apiKey: 'k', patienceMs });
  return importFile(client, file, { batchSize: 1, concurrency: 1, ...options });
}

test('sends values as they are, without empty cells and columns of others', async () => {
  await writeFile(file, 'message_id,offer_id,revenue,payout,note\nm,o,01.50,,x\n');
  const bodies: string[] = [];
  const url = await serve((_request, response, body) => {
    bodies.push(body);
    send(response, 200, saved(1));
  });
  expect(await run(url)).toMatchObject({ records: 1, imported: 1, total_revenue: '12345678901234.5678' });
  expect(bodies).toEqual(['{"records":[{"message_id":"m","offer_id":"o","revenue":"01.50"}]}']);
});

test('counts rejections by code, and those that no answer lists', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  const errors = '[{"index":0,"code":"invalid_revenue","error":"No."}]';
  const url = await serve((_request, response) =>
    send(response, 200, `{"success_count":0,"error_count":3,"total_revenue":0,"errors":${errors}}`),
  );
  expect(await run(url)).toMatchObject({
    imported: 0,
    rejected: 3,
    rejected_by_code: { invalid_revenue: 1, not_listed: 2 },
    total_revenue: '0',
  });
});

test('follows an accepted import to its end, through a hiccup', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  const states = [
    [200, '{"import_id":"i","status":"processing"}'],
    [503, '{"error":"Later."}'],
    [200, `{"import_id":"i","status":"completed","result":${saved(1)}}`],
  ] as const;
  let asked = 0;
  const url = await serve((request, response) => {
    if (request.method === 'POST') {
      const headers = { 'retry-after': '0.01' };
      send(response, 202, '{"import_id":"i","status":"processing","status_url":"/"}', headers);
      return;
    }
    const [status, body] = states[asked++] ?? [500, ''];
    send(response, status, body);
  });
  expect(await run(url)).toMatchObject({ imported: 1, total_revenue: '12345678901234.5678' });
  expect(asked).toBe(3);
});

test('names the status URL when the outcome of an accepted import does not come', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  const accepted = '{"import_id":"i","status":"processing","status_url":"/"}';
  const url = await serve((request, response) =>
    request.method === 'POST' ? send(response, 202, accepted, { 'retry-after': '0.01' }) : send(response, 503, '{}'),
  );
  await expect(run(url, {}, 0)).rejects.toThrow(
    /will be at \/api\/v2\/history\/imports\/i\..*lines 2 to 2 may be imported or not/,
  );
});

test('after a failure sends no more, waits for what is under way, and says what is certain', async () => {
  const rows = Array.from({ length: 50 }, (_, index) => `m${index},o,1`);
  await writeFile(file, `message_id,offer_id,revenue\n${rows.join('\n')}\n`);
  let requests = 0;
  const url = await serve(async (_request, response, body) => {
    requests += 1;
    if (body.includes('"m4"')) return send(response, 501, '{"error":"Broken"}');
    // Some are answered after the failure.
    if (body.includes('"m3"') || body.includes('"m5"')) await delay(100);
    return send(response, 200, saved(1));
  });
  const error: unknown = await run(url, { batchSize: 1, concurrency: 3 }).catch((caught: unknown) => caught);
  const message = error instanceof Error ? error.message : '';
  expect(message).toContain('The service answered 501 "Broken"');
  expect(message).toContain('lines 6 to 6 may be imported or not');
  expect(message).toContain(`${requests - 1} records certainly imported`);
  expect(message).toContain(`nothing after line ${requests + 1} was sent`);
  expect(requests).toBeLessThan(12);
});

test('a connection that breaks after sending leaves the outcome open', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  const url = await serve((request) => {
    request.socket.destroy();
  });
  await expect(run(url, {}, 0)).rejects.toThrow(/broke .*lines 2 to 2 may be imported or not/);
});

test.each([
  [401, '{"error":"Invalid API key"}', 'check the API key'],
  [302, '', 'use that address as the url'],
  [404, '<html>', 'check the url'],
])('an answer %i means that nothing was imported', async (status, body, advice) => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  const url = await serve((_request, response) => send(response, status, body, { location: 'https://elsewhere' }));
  const failure = run(url);
  await expect(failure).rejects.toThrow(advice);
  await expect(failure).rejects.toThrow('Nothing was imported.');
});

test('an answer from something else is not taken for an outcome', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  const url = await serve((_request, response) => send(response, 200, '{"ok":true}'));
  await expect(run(url)).rejects.toThrow('not the documented one');
});

test('a row that cannot be read stops the import, and what was sent before it counts', async () => {
  const rows = Array.from({ length: 50_000 }, (_, index) => `m${index},o,1`);
  await writeFile(file, `message_id,offer_id,revenue\n${rows.join('\n')}\nm,o\n`);
  let sent = 0;
  const url = await serve((_request, response, body) => {
    sent += body.split('message_id').length - 1;
    send(response, 200, saved(1000));
  });
  const error: unknown = await run(url, { batchSize: 1000, concurrency: 2 }).catch((caught: unknown) => caught);
  const message = error instanceof Error ? error.message : '';
  expect(sent).toBeGreaterThan(0);
  expect(message).toContain('line 50002: the row must');
  expect(message).toContain(`${sent.toLocaleString('en')} records certainly imported`);
  expect(message).toContain(`nothing after line ${sent + 1} was sent`);
});

test('an interrupt stops it as a failure does', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\nm,o,1\n');
  const interrupt = new AbortController();
  const url = await serve((_request, response) => {
    interrupt.abort();
    send(response, 200, saved(1));
  });
  await expect(run(url, { stop: interrupt.signal })).rejects.toThrow('1 record certainly imported');
});

test('an import that is abandoned ends before its requests do', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\nm,o,1\n');
  const interrupt = new AbortController();
  const url = await serve(() => interrupt.abort());
  const abandoned = run(url, { stop: interrupt.signal, abandon: interrupt.signal });
  await expect(abandoned).rejects.toThrow(
    /^Aborted .*lines 2 to 2 may be imported or not; nothing after line 2 was sent/,
  );
});

test('what gets no answer is sent again, and does not end the import', async () => {
  await writeFile(file, 'message_id,offer_id,revenue\nm0,o,1\nm1,o,1\nm2,o,1\n');
  const sent: string[] = [];
  const url = await serve((request, response, body) => {
    sent.push(`${request.headers['idempotency-key']?.toString()} ${body}`);
    if (sent.length % 2 === 0) send(response, 200, saved(1));
    else if (body.includes('"m1"')) send(response, 503, '{"error":"Later.","code":"overloaded"}');
    else request.socket.destroy();
  });
  expect(await run(url)).toMatchObject({ records: 3, imported: 3 });
  expect(sent).toHaveLength(6);
  expect(new Set(sent).size).toBe(3);
});
