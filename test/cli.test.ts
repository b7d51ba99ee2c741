import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addAccount, addSmallCatalog } from './support/catalog.ts';
import { postRecords } from './support/http.ts';
import { useStack } from './support/suite.ts';
import { startTrackly, trackly, type TracklyResult } from './support/trackly.ts';

describe('trackly', () => {
  const stack = useStack({ chunkSize: 2 });
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trackly-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const settings = () => ({ DATABASE_URL: stack().database.url, REDIS_URL: '' });
  const onDatabase = (...args: string[]) => trackly(args, { env: settings() });
  /** As a user runs it. */
  const asProcess = (...args: string[]): Promise<TracklyResult> => startTrackly(args, { env: settings() }).result;
  const writeLines = async (name: string, ...lines: string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, `${lines.join('\n')}\n`);
    return file;
  };
  const importFile = (file: string, apiKey: string, ...args: string[]) =>
    asProcess(
      'import',
      'revenue',
      file,
      '--default',
      'timestamp=now',
      '--url',
      stack().url,
      '--api-key',
      apiKey,
      ...args,
    );

  async function createKey(account: string, run = onDatabase): Promise<string> {
    const { exitCode, stdout } = await run('keys', 'create', '--account', account);
    expect(exitCode).toBe(0);
    return stdout.trimEnd().split('\n').at(-1) ?? '';
  }

  test('from a new account to an imported file', async () => {
    const apiKey = await createKey('acme', asProcess);
    expect(apiKey).toMatch(/^trk_[0-9A-Za-z]{32}$/);

    const { exitCode: listed } = await onDatabase('lists', 'create', '--account', 'acme', '--number', '+15550001');
    expect(listed).toBe(0);
    const offers = await writeLines('offers.csv', 'id,name,external_id', 'offer,"An ""offer""",', 'other,B,ext');
    const sends = await writeLines(
      'sends.csv',
      'id,list_number,to_number,timestamp',
      'first,+15550001,+15551000001,2025-01-01T10:00:00Z',
      '"se,cond",+15550001,+1 (555) 100-0002,2025-01-02',
    );
    const service = ['--url', stack().url, '--api-key', apiKey];
    expect(await asProcess('import', 'offers', offers, ...service)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/imported {2}2\nrejected {2}0\n/),
    });
    expect(await asProcess('import', 'sends', sends, ...service)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/imported {2}2\nrejected {2}0\n/),
    });

    const history = await writeLines(
      'history.csv',
      'message_id,offer_id,revenue,timestamp',
      'first,offer,24.99,2025-11-15',
      '"se,cond",ext,0.0001,',
      'first,offer,9999999999.9999,2025-11-15T10:00:00+02:00',
    );
    const { exitCode, stdout } = await importFile(history, apiKey, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      records: 3,
      imported: 3,
      rejected: 0,
      rejected_by_code: {},
      total_revenue: '10000000024.99',
    });
  });

  test('an import with rejected records ends with exit code 1 and says why', async () => {
    const history = await writeLines(
      'partly.csv',
      'message_id,offer_id,revenue',
      'm0,o0,1',
      'm0,o0,n/a',
      'nowhere,o0,1',
    );
    const { exitCode, stdout } = await importFile(history, stack().account.apiKey);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/imported {2}1\nrejected {2}2\n/);
    expect(stdout).toMatch(/^ +1 invalid_revenue$/m);
    expect(stdout).toMatch(/^ +1 message_not_found: import the sends first, with "trackly import sends FILE"$/m);
  });

  test('a check finds the contacts whose stats are not those of their rows', async () => {
    const { apiKey } = await addSmallCatalog(stack().database.sql, 'checked');
    await postRecords(stack().url, apiKey, [{ message_id: 'm0', offer_id: 'o0', revenue: '1.0001' }]);
    const check = (run: typeof onDatabase) => run('accounts', 'check', 'checked');
    expect(await check(onDatabase)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/checked +0\n/) });

    await stack().database.sql.query(
      `UPDATE list_contacts SET revenue_total = revenue_total + 0.0001
       WHERE conversion_count > 0 AND account_id = (SELECT id FROM accounts WHERE name = 'checked')`,
    );
    expect(await check(asProcess)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/checked +1\n/),
      stderr: expect.stringContaining('docs/operations.md'),
    });
    expect(await onDatabase('accounts', 'check', 'nobody')).toMatchObject({ exitCode: 1, stdout: '' });
  });

  test('a revoked key and a suspended account are refused, a resumed account is not', async () => {
    const { apiKey } = await addAccount(stack().database.sql, 'walled');
    const status = async (key: string) => (await postRecords(stack().url, key, [1])).status;

    expect((await onDatabase('accounts', 'suspend', 'walled')).exitCode).toBe(0);
    expect(await status(apiKey)).toBe(403);
    expect((await onDatabase('accounts', 'resume', 'walled')).exitCode).toBe(0);
    expect(await status(await createKey('walled'))).toBe(200);

    const unused = await createKey('walled');
    expect((await onDatabase('keys', 'revoke', unused)).stdout).toContain('Revoked');
    expect(await status(unused)).toBe(401);
    expect((await asProcess('keys', 'list')).stdout).toMatch(/walled +trk_\w{4} /);
  });

  test.each([['keys', 'revoke', 'trk_none'], ['accounts', 'suspend', 'nobody'], ['keys', 'create'], ['nonsense']])(
    '%s %s fails in one line on stderr',
    async (...args) => {
      const { exitCode, stdout, stderr } = await onDatabase(...args);
      expect(exitCode).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^[^\n]{10,}\n$/);
    },
  );

  test.each([
    ['no such file', 'none.csv', 'There is no file'],
    ['a wrong key', '', 'Invalid API key'],
  ])('an import with %s ends with exit code 2', async (_what, name, reason) => {
    const history =
      name || (await writeLines('history.csv', 'message_id,offer_id,revenue,timestamp', 'm0,o0,1,2025-01-02'));
    const { exitCode, stderr } = await importFile(history, `trk_${'0'.repeat(32)}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });

  test.each([
    [],
    ['keys'],
    ['keys', 'create'],
    ['accounts', 'suspend'],
    ['lists', 'create'],
    ['import', 'contacts'],
    ['import', 'offers'],
    ['import', 'sends'],
    ['import', 'revenue'],
    ['import', 'status'],
    ['import', 'undo'],
    ['verify'],
    ['migrate'],
  ])('%s %s --help tells how it is used', async (...args) => {
    const { exitCode, stdout } = await trackly([...args, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: trackly${args.map((word) => ` ${word}`).join('')}`);
  });

  test('migrate applies what is missing, once', async () => {
    expect((await asProcess('migrate')).stdout).toContain('up to date');
  });
});
