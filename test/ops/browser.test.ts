import type { BrowserContextOptions, Locator, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';

import { startBrowser, type TestBrowser } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { importIdOf, post } from '../support/http.ts';
import { describeOnEachQueue, queueOnPostgres, type CreateQueue } from '../support/queues.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { failOnAmount } from '../support/unsavable.ts';
import { PASSWORD, startOps, USER, type TestOps, type TestOpsOptions } from './support/ops.ts';

/** How often a page asks for what is new. */
const UPDATE_MS = 2_000;
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true };

const executablePath = inject('browser');

describe.skipIf(!executablePath)('in a browser', () => {
  const cleanup = new AsyncDisposableStack();
  const unanswered = new Set<Request>();
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = cleanup.use(await startBrowser(executablePath ?? ''));
  });
  afterAll(() => cleanup.disposeAsync());
  afterEach(async () => {
    await browser.closePages();
    unanswered.clear();
  });

  /** Opens a page; `complaints` gets what the browser does not like about it. */
  async function open(url: string, options: BrowserContextOptions = {}, complaints: string[] = []): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => void unanswered.add(request));
    page.on('requestfinished', (request) => void unanswered.delete(request));
    page.on('requestfailed', (request) => void unanswered.delete(request));
    await page.goto(url);
    return page;
  }

  /** Gives the calling suite a console on a service whose chunks nobody saves. */
  function useOps(createQueue: CreateQueue) {
    const stack = useStack({ createQueue, worker: false, chunkSize: 1 });
    const running = new AsyncDisposableStack();
    let ops: TestOps;

    beforeAll(async () => {
      ops = running.use(await startOps(stack().options));
    });
    afterAll(() => running.disposeAsync());

    return {
      stack,
      running,
      url: () => ops.url,
      async open(options: Partial<TestOpsOptions>): Promise<TestOps> {
        return running.use(await startOps({ ...stack().options, ...options }));
      },
      async send(revenues: number[], requestId: string): Promise<string> {
        const { url, account } = stack();
        const records = revenues.map((revenue) => ({ message_id: 'm0', offer_id: 'o0', revenue }));
        const headers = { prefer: 'respond-async', 'x-request-id': requestId };
        return importIdOf(await post(url, JSON.stringify({ records }), { apiKey: account.apiKey, headers }));
      },
    };
  }

  /** Lets the page's clock go on until it shows something. */
  async function untilShown(page: Page, shown: Locator): Promise<void> {
    await eventually(async () => {
      // By the same clock the page gives up a request that has no answer.
      expect([...unanswered]).toEqual([]);
      await page.clock.runFor(UPDATE_MS);
      expect(await shown.isVisible()).toBe(true);
    });
  }

  const figure = (page: Page, name: string) => page.locator('.figures div', { hasText: name }).locator('dd');

  describe('ops', () => {
    const ops = useOps(queueOnPostgres);

    test('who knows the password gets to the page that was asked for', async () => {
      const { url } = await ops.open({ password: PASSWORD });
      const page = await open(`${url}/queues`);
      await page.getByLabel('User').fill(USER);
      await page.getByLabel('Password').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('Wrong user or password');

      await page.getByLabel('User').fill(USER);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Trackly queue').waitFor();
      expect(page.url()).toBe(`${url}/queues`);

      await page.goto(url);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.goto(`${url}/imports/1`);
      expect(page.url()).toBe(`${url}/sign-in?next=%2Fimports%2F1`);
    });

    test('a page that nobody sees asks for nothing, until it is seen', async () => {
      const seen = await open(ops.url());
      const hidden = await browser.newPage();
      await hidden.addInitScript({
        content: 'self.isHidden = true; Object.defineProperty(document, "hidden", { get: () => self.isHidden })',
      });
      await hidden.goto(ops.url());
      const asked = new Map([
        [seen, 0],
        [hidden, 0],
      ]);
      for (const page of asked.keys()) {
        page.on('request', (request) => {
          if (request.resourceType() === 'fetch') asked.set(page, (asked.get(page) ?? 0) + 1);
        });
      }
      for (const page of asked.keys()) await page.clock.runFor(3 * UPDATE_MS);
      await eventually(() => expect(asked.get(seen)).toBeGreaterThanOrEqual(3));
      expect(asked.get(hidden)).toBe(0);
      await hidden.evaluate(`self.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))`);
      await eventually(() => expect(asked.get(hidden)).toBeGreaterThan(0));
    });

    test('without JavaScript it is all there, and loads again by itself', async () => {
      const page = await open(ops.url(), { javaScriptEnabled: false });
      expect(await figure(page, 'Open chunks').textContent()).toBe('0');
      await page.waitForEvent('load');
      expect(await figure(page, 'Open chunks').textContent()).toBe('0');
    });

    test('nothing is wider than a phone', async () => {
      const { url } = await ops.open({ password: PASSWORD });
      const importId = await ops.send([1], 'a-request-id-that-is-as-long-as-they-may-be'.padEnd(128, '-x'));
      const paths = [
        `${url}/sign-in`,
        ops.url(),
        `${ops.url()}/imports/${importId}`,
        `${ops.url()}/search?q=${'x'.repeat(200)}`,
      ];
      for (const path of paths) {
        const page = await open(path, PHONE);
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect.soft([path, width]).toEqual([path, 360]);
      }
    });
  });

  describeOnEachQueue('ops', (createQueue) => {
    const ops = useOps(createQueue);

    test('the page follows an import by itself, and says when it cannot', async () => {
      const complaints: string[] = [];
      const { url, [Symbol.asyncDispose]: stop } = await startOps(ops.stack().options);
      const page = await open(url, {}, complaints);
      expect(await figure(page, 'Open chunks').textContent()).toBe('0');
      let loads = 0;
      page.on('load', () => (loads += 1));
      const link = page.getByRole('link', { name: 'prioritized' });
      await link.focus();

      const importId = await ops.send([1, 2, 3], 'live');
      await untilShown(page, page.getByRole('link', { name: importId }));
      expect(await figure(page, 'Open chunks').textContent()).toBe('3');
      ops.running.use(await startWorker({ ...ops.stack().options, onFailedAttempt: () => undefined }));
      await untilShown(page, page.getByText('None: all accepted imports are completed.'));
      expect(await figure(page, 'Open chunks').textContent()).toBe('0');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('prioritized');
      expect(loads).toBe(0);
      expect(complaints).toEqual([]);

      await stop();
      await untilShown(page, page.getByRole('status').getByText('No answer from the server since'));
    });

    test('from an import id to its job, whose failed attempts tell their story', async () => {
      await failOnAmount(ops.stack().database.sql, '6.66', '40001');
      const importId = await ops.send([6.66], 'story');
      const page = await open(ops.url());
      await untilShown(page, page.getByText('SQLSTATE 40001').first());

      await page.getByLabel('Import id or request id').fill(importId);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: importId }).waitFor();
      expect(page.url()).toBe(`${ops.url()}/imports/${importId}`);
      await page.getByRole('row', { name: 'SQLSTATE 40001' }).getByRole('link').click();

      await page.getByText(`save-revenue-chunk-${importId}-0`).first().waitFor();
      await page.getByRole('main').getByText('Error', { exact: true }).click();
      await page.getByText('PostgreSQL could not carry out a statement now. (SQLSTATE 40001)').first().waitFor();
      await page.getByRole('main').getByText('Logs', { exact: true }).click();
      await page
        .getByText(`account ${ops.stack().account.id} | import ${importId} | chunk 0 | request story`)
        .first()
        .waitFor();
      await ops.stack().database.sql.query('DROP FUNCTION refuse() CASCADE');
      const back = page.getByRole('link', { name: 'Import', exact: true });
      expect(await back.getAttribute('href')).toBe(`/imports/${importId}`);
    });

    const isPaused = async () =>
      (await fetch(`${ops.url()}/queues/api/queues`)).text().then((it) => it.includes('"isPaused":true'));

    test('Bull Board offers no actions and is refused them, unless they are allowed', async () => {
      const looking = await open(`${ops.url()}/queues/queue/imports`);
      await looking.getByRole('link', { name: 'LATEST' }).waitFor();
      const refusal = await looking.evaluate<string>(
        `fetch('/queues/api/queues/pause', { method: 'PUT' }).then((answer) => answer.text())`,
      );
      expect(refusal).toContain('set OPS_ALLOW_ACTIONS=true');
      expect(await isPaused()).toBe(false);

      const { url } = await ops.open({ password: PASSWORD, allowActions: true });
      const page = await open(`${url}/sign-in?next=/queues/queue/imports`);
      await page.getByLabel('User').fill(USER);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      for (const [action, paused] of [
        ['Pause', true],
        ['Resume', false],
      ] as const) {
        await page.getByRole('link', { name: 'LATEST' }).waitFor();
        await page.locator('main button[aria-haspopup=menu]').click();
        await page.getByRole('menuitem', { name: action }).click();
        await page.getByRole('button', { name: 'Confirm' }).click();
        await eventually(async () => expect(await isPaused()).toBe(paused));
        await page.reload();
      }
    });
  });
});
