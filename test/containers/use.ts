import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { README_LIST, runReadmeExamples } from '../support/readme.ts';
import { root, type Docker } from './docker.ts';

const run = promisify(execFile);
const PAUSE_MS = 100;

/** Makes an account with the list of the README, as an administrator would. @returns its key */
export async function makeAccount(compose: Docker, name: string): Promise<string> {
  const trackly = (...args: string[]) => compose(['exec', '-T', 'api', 'trackly', ...args]);
  const output = await trackly('keys', 'create', '--account', name);
  await trackly('lists', 'create', '--account', name, '--number', README_LIST);
  return output.trimEnd().split('\n').at(-1) ?? '';
}

/** Runs the README's examples. @throws when the last answer is not the one that the README shows */
export async function expectReadmeAnswer(url: string, apiKey: string): Promise<void> {
  const { answer, shown } = await runReadmeExamples(url, apiKey);
  assert.deepEqual(answer, shown);
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
