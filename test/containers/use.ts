import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { root, type Docker } from './docker.ts';

const run = promisify(execFile);
const PAUSE_MS = 100;

/** Makes an account with the catalog that the README's example refers to, as a user would. @returns its key */
export async function makeAccount(compose: Docker, name: string, folder: string): Promise<string> {
  const output = await compose(['exec', '-T', 'api', 'trackly', 'keys', 'create', '--account', name]);
  const files = path.join(folder, 'catalog');
  await mkdir(files);
  const messages = ['a1b2c3d4,+15550001000,+15561234567,2025-11-01', 'e5f6g7h8,+15550001000,+15561234568,2025-11-01'];
  await writeFile(
    path.join(files, 'messages.csv'),
    ['message_id,list_number,phone_number,sent_at', ...messages, ''].join('\n'),
  );
  await writeFile(path.join(files, 'offers.csv'), 'offer_id,name,external_id\noffer_123,One,\noffer_456,Two,\n');
  const command = [
    'catalog',
    'load',
    '--account',
    name,
    '--messages',
    '/csv/messages.csv',
    '--offers',
    '/csv/offers.csv',
  ];
  await compose(['run', '--rm', '--volume', `${files}:/csv:ro`, 'trackly', ...command]);
  return output.trimEnd().split('\n').at(-1) ?? '';
}

/** Runs the README's curl. @throws when the answer is not the one that the README shows */
export async function expectReadmeAnswer(url: string, apiKey: string): Promise<void> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const command = /```\n(curl [^`]+)```/.exec(readme)?.[1] ?? '';
  const answer = /```json\n([^`]+)```/.exec(readme)?.[1] ?? '';
  const ours = command.replace('http://127.0.0.1:3000', url).replace('trk_your_api_key_here', apiKey);
  const { stdout } = await run('sh', ['-c', ours.replace('curl', 'curl --silent --show-error')]);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(answer));
}

/** @throws unless the ops console lets in who has the password, and nobody else */
export async function expectSignIn(url: string, password: string): Promise<void> {
  const signIn = async (form: Record<string, string>) =>
    fetch(`${url}/sign-in`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  assert.equal((await signIn({ user: 'admin', password: `not ${password}` })).status, 401);
  const { status, headers } = await signIn({ user: 'admin', password });
  assert.equal(status, 303);
  assert.equal((await fetch(url)).status, 401);
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  assert.equal((await fetch(url, { headers: { cookie } })).status, 200);
}

export interface DemoOptions {
  url: string;
  databaseUrl: string;
  folder: string;
  records: number;
  signal: AbortSignal;
}

/** Runs the demo, which compares all totals itself. @returns what it printed @throws when it fails */
export async function runDemo({ url, databaseUrl, folder, records, signal }: DemoOptions): Promise<string> {
  const args = ['apps/stack/src/demo.ts', '--url', url, '--records', `${records}`];
  const env = { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: '', DATA_DIR: folder };
  return (await run(process.execPath, args, { cwd: root, env, signal })).stdout;
}

export interface LoadOptions {
  url: string;
  apiKey: string;
  /** Ends the load. */
  done: AbortSignal;
  /** Gives it up. */
  signal: AbortSignal;
}

/** Sends imports of one record, one after the other, each again with its key until it is answered with 200. */
export async function sendUntilDone({
  url,
  apiKey,
  done,
  signal,
}: LoadOptions): Promise<{ sent: number; again: number }> {
  const body = JSON.stringify({ records: [{ message_id: 'a1b2c3d4', offer_id: 'offer_123', revenue: 1 }] });
  const name = randomUUID();
  let [sent, again] = [0, 0];
  while (!done.aborted) {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json', 'idempotency-key': `${name}-${sent}` };
    const send = async () =>
      fetch(`${url}/api/v2/history/revenue`, { method: 'POST', headers, body, signal }).catch(() => undefined);
    while ((await send())?.status !== 200) {
      await delay(PAUSE_MS, undefined, { signal });
      again += 1;
    }
    sent += 1;
  }
  return { sent, again };
}
