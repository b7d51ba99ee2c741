import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { createServer as createPlainServer, request as connect } from 'node:http';
import { pipeline } from 'node:stream';

import { describe, expect, test } from 'vitest';

import { isInstalled } from '../support/program.ts';
import { listen } from '../support/scripted-server.ts';
import { makeCertificates } from '../topologies/support/certificates.ts';
import { startHttpProxy } from './http-proxy.ts';
import { HEADER, history, revenues, useWorkbench } from './workbench.ts';

async function* endlessly(piece: Buffer): AsyncGenerator<Buffer, void> {
  for (;;) yield piece;
}

const hasOpenssl = await isInstalled('openssl');

describe('an import through a proxy', () => {
  const bench = useWorkbench();
  const withUser = (url: string) => url.replace('http://', 'http://user:secret@');

  test('sends http: requests to the proxy, with its user', async () => {
    await using proxy = await startHttpProxy(bench.stack().url);
    const before = await bench.savedRevenues();
    const file = await bench.write('plain.csv', `${HEADER}\n${history(1500, 10_000)}`);
    const env = { TRACKLY_URL: 'http://service.test:3000', HTTP_PROXY: withUser(proxy.url), no_proxy: 'other.test' };
    expect(await bench.run(['import', 'revenue', file], { env })).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^The API key and all records go to service\.test unencrypted: .*\n$/),
    });
    expect(await bench.savedSince(before)).toEqual(revenues(1500, 10_000));
    expect(proxy.asked).toContain('POST http://service.test:3000/api/v2/history/revenue');
    expect(await bench.run(['verify', file], { env })).toMatchObject({ exitCode: 0 });
  });

  test('needs none for this machine', async () => {
    await using proxy = await startHttpProxy(bench.stack().url);
    expect((await bench.run(['import', 'status'], { env: { http_proxy: proxy.url } })).exitCode).toBe(0);
    expect(proxy.asked).toEqual([]);
  });

  test('that refuses the user says so at once', async () => {
    await using proxy = await startHttpProxy(bench.stack().url);
    for (const [url, refused] of [
      ['http://service.test:3000', 'GET http://service.test:3000/api/v2/history/imports?limit=100'],
      ['https://service.test:3000', 'CONNECT service.test:3000'],
    ]) {
      const env = { TRACKLY_URL: url ?? '', HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url };
      const { exitCode, stderr } = await bench.run(['import', 'status'], { env });
      expect(stderr).toContain('407');
      expect(stderr).toContain('give user and password in the address of the proxy.');
      expect(exitCode).toBe(2);
      expect(proxy.asked.splice(0)).toEqual([refused]);
    }
  });

  test('that answers without end is not read on', async () => {
    const piece = Buffer.alloc(64 * 1024, ' ');
    await using proxy = await listen(
      createPlainServer((_request, response) => pipeline(endlessly(piece), response, () => undefined)),
    );
    const { exitCode, stderr } = await bench.start(['import', 'status'], {
      env: { TRACKLY_URL: 'http://service.test:3000', HTTP_PROXY: proxy.url },
    }).result;
    expect(stderr).toContain('The answer is longer than 16 MiB: check the url');
    expect(exitCode).toBe(2);
  });

  test('that cannot be reached names the proxy, without its password', async () => {
    const { url } = await startHttpProxy('http://127.0.0.1').then(async (proxy) => {
      await proxy[Symbol.asyncDispose]();
      return proxy;
    });
    const { child, result } = bench.start(['import', 'status'], {
      env: { TRACKLY_URL: 'https://service.test', HTTPS_PROXY: withUser(url) },
    });
    child.stderr?.once('data', () => child.kill());
    expect((await result).stderr).toContain(
      `There is no connection to https://service.test through the proxy ${url} (ECONNREFUSED): ` +
        'check the address of the proxy, the url, and that the service is running',
    );
  });

  test.skipIf(!hasOpenssl)('has the proxy connect to https: addresses', async () => {
    const { authority, certificate, key } = await makeCertificates(bench.path('certificates'));
    const server = createServer(
      { cert: await readFile(certificate), key: await readFile(key) },
      (request, response) => {
        const { method, headers, url = '' } = request;
        const passedOn = connect(new URL(url, bench.stack().url), { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          pipeline(answer, response, () => undefined);
        });
        pipeline(request, passedOn, () => undefined);
      },
    );
    await using secure = await listen(server);
    await using proxy = await startHttpProxy(secure.url);
    const before = await bench.savedRevenues();
    const file = await bench.write('secure.csv', `${HEADER}\n${history(1500, 20_000)}`);
    const env = {
      TRACKLY_URL: 'https://service.test',
      https_proxy: withUser(proxy.url),
      NODE_EXTRA_CA_CERTS: authority,
    };
    expect(await bench.start(['import', 'revenue', file], { env }).result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await bench.savedSince(before)).toEqual(revenues(1500, 20_000));
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT service.test:443']));
  });
});
