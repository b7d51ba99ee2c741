import { createLogger } from '@trackly/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { createDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { AS_PAGE, cookieOf, exchange, signIn } from './support/exchange.ts';
import { PASSWORD, startOps, USER, type TestOps, type TestOpsOptions } from './support/ops.ts';

const EIGHT_HOURS_MS = 8 * 60 * 60 * 1_000;
const OPEN_PATHS = ['/healthz', '/readyz', '/metrics', '/sign-in', '/assets/style.css', '/assets/live.js'];
const GUARDED_PATHS = [
  '/',
  '/search?q=1',
  '/imports/1',
  '/queues',
  '/queues/api/queues',
  '/queues/static/images/logo.svg',
  '/nothing',
];

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
});
afterAll(() => cleanup.disposeAsync());
afterEach(() => vi.useRealTimers());

/** Each has its own count of attempts. */
async function open(options: Partial<TestOpsOptions> = {}): Promise<TestOps> {
  return cleanup.use(
    await startOps({ databaseUrl: database.url, queueServer: { databaseUrl: database.url }, ...options }),
  );
}

describe('without a password', () => {
  test('everyone on this machine gets in, by its own names only', async () => {
    const { url } = await open();
    const { port } = new URL(url);
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'ops.localhost', 'LOCALHOST']) {
      expect.soft((await exchange(url, { headers: { host: `${host}:${port}` } })).status).toBe(200);
    }
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
      for (const path of ['/', '/metrics', '/queues/api/queues']) {
        const { status, text } = await exchange(url + path, { headers: { host } });
        expect.soft([host, path, status]).toEqual([host, path, 403]);
        expect.soft(text).toContain('set OPS_PASSWORD');
      }
    }
  });

  test('there is nothing to sign in to', async () => {
    const { url } = await open();
    expect((await signIn(url)).status).toBe(404);
    expect((await exchange(url, { headers: AS_PAGE })).text).not.toContain('Sign out');
  });
});

describe('with a password', () => {
  let ops: TestOps;

  beforeAll(async () => {
    ops = await open({ password: PASSWORD });
  });

  test('nothing but the form, its looks, probes and metrics is open', async () => {
    for (const path of OPEN_PATHS) expect.soft([path, (await exchange(ops.url + path)).status]).toEqual([path, 200]);
    for (const path of GUARDED_PATHS) {
      const asProgram = await exchange(ops.url + path, { headers: { accept: 'application/json' } });
      expect.soft([path, asProgram.status]).toEqual([path, 401]);
      const asPerson = await exchange(ops.url + path, { headers: AS_PAGE });
      const next = new URLSearchParams({ next: path }).toString();
      expect.soft([asPerson.status, asPerson.headers.location]).toEqual([303, `/sign-in?${next}`]);
    }
    for (const path of ['/queues/api/queues/pause', '/queues/api/queues/imports/add']) {
      expect.soft((await exchange(ops.url + path, { method: 'PUT', headers: AS_PAGE })).status).toBe(401);
    }
  });

  test('metrics are for the names of this machine only, so that no page of another site reads them', async () => {
    const headers = { host: 'evil.example' };
    const { status, text } = await exchange(`${ops.url}/metrics`, { headers });
    expect([status, text]).toEqual([403, expect.stringMatching(/^\{"error":"On this machine, \/metrics answers /)]);
    expect((await exchange(`${ops.url}/healthz`, { headers })).status).toBe(200);
  });

  test('whoever knows it gets what they asked for', async () => {
    const answer = await signIn(ops.url, { next: '/queues?status=failed' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/queues?status=failed']);
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/HttpOnly; SameSite=Strict$/)]);
    expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=28800; Path=/');
    for (const path of ['/', '/queues', '/queues/api/queues', '/queues/static/images/logo.svg']) {
      const { status } = await exchange(ops.url + path, { headers: { cookie: cookieOf(answer) } });
      expect.soft([path, status]).toEqual([path, 200]);
    }
    const again = await exchange(`${ops.url}/sign-in?next=/queues`, { headers: { cookie: cookieOf(answer) } });
    expect([again.status, again.headers.location]).toEqual([303, '/queues']);
  });

  test.each([{ password: 'wrong' }, { user: 'root' }, { password: '' }, { user: '', password: '' }])(
    'who does not know it stays outside: %j',
    async (form) => {
      const { url } = await open({ password: PASSWORD });
      const { status, text, headers } = await signIn(url, { next: '/queues', ...form });
      expect(status).toBe(401);
      expect(text).toContain('Wrong user or password.');
      expect(text).toContain('name="next" value="/queues"');
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example', 'javascript:alert(1)'])(
    'no address leads away from here: %s',
    async (next) => {
      const { url } = await open({ password: PASSWORD });
      expect((await signIn(url, { next })).headers.location).toBe('/');
      const { text } = await exchange(`${url}/sign-in?${new URLSearchParams({ next }).toString()}`);
      expect(text).toContain('name="next" value="/"');
    },
  );

  test('a form that is not ours is refused, and so is one that is too large', async () => {
    const { url } = await open({ password: PASSWORD });
    expect((await exchange(`${url}/sign-in`, { form: { user: USER } })).status).toBe(400);
    expect((await signIn(url, { next: `/${'x'.repeat(10_000)}` })).status).toBe(413);
  });

  test('a session that was made up, changed or ended is none', async () => {
    const signedInAt = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: signedInAt });
    const cookie = cookieOf(await signIn(ops.url));
    const status = async (value: string) => (await exchange(ops.url, { headers: { cookie: value } })).status;
    expect(await status(cookie)).toBe(200);
    expect(await status('trackly_ops=9999999999999')).toBe(401);
    expect(await status(cookie.replace(/=\d/, '=9'))).toBe(401);
    expect(await status('trackly_ops=9999999999999.AAAA')).toBe(401);
    expect(await status('trackly_ops=9999999999999.AAAA.AAAA')).toBe(401);

    vi.setSystemTime(signedInAt + EIGHT_HOURS_MS - 1_000);
    expect(await status(cookie)).toBe(200);
    vi.setSystemTime(signedInAt + EIGHT_HOURS_MS + 1_000);
    expect(await status(cookie)).toBe(401);
  });

  test('signing out takes the session from the browser', async () => {
    const { status, headers } = await exchange(`${ops.url}/sign-out`, { method: 'POST' });
    expect([status, headers.location]).toEqual([303, '/sign-in']);
    expect(headers['set-cookie']?.[0]).toMatch(/^trackly_ops=;.*Expires=Thu, 01 Jan 1970/);
  });

  test('signing out ends the session, also for a copy of its cookie, and no other session', async () => {
    const signedInAt = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: signedInAt });
    const { url } = await open({ password: PASSWORD });
    // Both begin at the same time.
    const [first, second] = [cookieOf(await signIn(url)), cookieOf(await signIn(url))];
    const signOut = (cookie: string) => exchange(`${url}/sign-out`, { method: 'POST', headers: { cookie } });
    const status = async (cookie: string) => (await exchange(url, { headers: { cookie } })).status;
    expect((await signOut(`${first}x`)).status).toBe(303);
    expect([await status(first), await status(second)]).toEqual([200, 200]);
    expect((await signOut(first)).status).toBe(303);
    expect([await status(first), await status(second)]).toEqual([401, 200]);

    vi.setSystemTime(signedInAt + EIGHT_HOURS_MS - 1_000);
    await signOut(second);
    expect([await status(first), await status(second)]).toEqual([401, 401]);
    vi.setSystemTime(signedInAt + EIGHT_HOURS_MS + 1_000);
    await signOut(cookieOf(await signIn(url)));
    expect([await status(first), await status(second)]).toEqual([401, 401]);
  });

  test('processes with the same password share sessions; another password ends them', async () => {
    const cookie = cookieOf(await signIn(ops.url));
    const same = await open({ password: PASSWORD });
    const other = await open({ password: `${PASSWORD}!` });
    expect((await exchange(same.url, { headers: { cookie } })).status).toBe(200);
    expect((await exchange(other.url, { headers: { cookie } })).status).toBe(401);
  });

  test('attempts are limited, also the right one among them', async () => {
    const { url } = await open({ password: PASSWORD });
    // They are counted by the minute.
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await signIn(url, { password: `${attempt}` })).status).toBe(401);
    }
    const { status, text, headers } = await signIn(url);
    expect(status).toBe(429);
    expect(text).toContain('Too many attempts');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect((await exchange(`${url}/sign-in`)).status).toBe(200);
  });

  test('neither password nor session gets into a log', async () => {
    const lines: string[] = [];
    const logger = createLogger('test', 'trace', { write: (line: string) => void lines.push(line) });
    const { url } = await open({ password: PASSWORD, logger });
    const cookie = cookieOf(await signIn(url));
    await signIn(url, { password: `${PASSWORD}?` });
    await exchange(`${url}/sign-in?password=${encodeURIComponent(PASSWORD)}`, { headers: { cookie } });
    await exchange(`${url}/nothing`, { headers: { cookie, authorization: PASSWORD } });
    await exchange(`${url}/search?q=%00`, { headers: { cookie } });
    await exchange(`${url}/sign-in`, { form: { password: PASSWORD } });
    await eventually(() => expect(lines.filter((line) => line.includes('request answered'))).toHaveLength(6));
    const [, session = 'none'] = cookie.split('=');
    expect(lines.filter((line) => line.includes(PASSWORD) || line.includes(session))).toEqual([]);
    expect(lines.filter((line) => line.includes('"route":"/sign-in"'))).toHaveLength(4);
  });
});

describe('a request that another site makes a browser send', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];

  test.each(foreign)('is refused: %j', async (headers) => {
    const { url } = await open({ password: PASSWORD, allowActions: true });
    const cookie = cookieOf(await signIn(url));
    expect((await signIn(url, {}, headers)).status).toBe(403);
    const requests = [
      ['POST', '/sign-out'],
      ['PUT', '/queues/api/queues/pause'],
    ] as const;
    for (const [method, path] of requests) {
      const { status } = await exchange(url + path, { method, headers: { cookie, ...headers } });
      expect.soft([path, status]).toEqual([path, 403]);
    }
    expect((await exchange(url, { headers: { cookie, ...headers } })).status).toBe(200);
  });

  test('is none when it comes from our own pages, or from no browser', async () => {
    const { url } = await open({ password: PASSWORD });
    const { host } = new URL(url);
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: `http://${host}` }, {}]) {
      expect.soft((await signIn(url, {}, headers)).status).toBe(303);
    }
  });
});

describe('TLS', () => {
  const https = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'ops.example' };
  const WARNING = 'This page came without TLS';

  test('a password that may cross a network readable is warned of', async () => {
    const local = await open({ password: PASSWORD });
    const remote = await open({ password: PASSWORD, isRemote: true });
    expect((await exchange(`${local.url}/sign-in`)).text).not.toContain(WARNING);
    expect((await exchange(`${remote.url}/sign-in`)).text).toContain(WARNING);
    expect((await signIn(remote.url, { password: 'wrong' })).text).toContain(WARNING);
  });

  test('what a proxy says of it is believed if the proxy is trusted, and the cookie is then kept to it', async () => {
    const trusting = await open({ password: PASSWORD, isRemote: true, trustedProxies: '127.0.0.1' });
    expect((await exchange(`${trusting.url}/sign-in`, { headers: https })).text).not.toContain(WARNING);
    const signedIn = await signIn(trusting.url, {}, { ...https, origin: 'https://ops.example' });
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers['set-cookie']?.[0]).toContain('Secure');

    const wary = await open({ password: PASSWORD, isRemote: true, trustedProxies: '10.0.0.0/8' });
    expect((await exchange(`${wary.url}/sign-in`, { headers: https })).text).toContain(WARNING);
    expect((await signIn(wary.url, {}, https)).headers['set-cookie']?.[0]).not.toContain('Secure');
  });
});
