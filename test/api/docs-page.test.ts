import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { startBrowser, type TestBrowser } from '../support/chromium.ts';
import { get } from '../support/http.ts';
import { useStack } from '../support/suite.ts';

const executablePath = inject('browser');

describe.skipIf(!executablePath)('the page at /docs', () => {
  const stack = useStack({ worker: false });
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await startBrowser(executablePath ?? '');
  });
  afterAll(() => browser[Symbol.asyncDispose]());

  test('lists the operations, asks no other host for anything, and keeps no key', async () => {
    const { url, account } = stack();
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) hosts.add(new URL(request.url()).origin);
    });

    await page.goto(`${url}/docs`);
    for (const operation of [
      'importRevenue',
      'getImport',
      'undoImport',
      'listImports',
      'listImportErrors',
      'reportRevenue',
    ]) {
      await page.locator(`[id$="-${operation}"]`).waitFor();
    }
    await page.locator('[id$="-importRevenue"] button').first().click();
    await page.getByText('Idempotency-Key').first().waitFor();

    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.locator('.modal-ux input').fill(account.apiKey);
    await page.locator('.modal-ux').getByRole('button', { name: 'Apply credentials' }).click();
    const kept = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage, document.cookie])');
    expect(kept).not.toContain(account.apiKey);
    expect([...hosts]).toEqual([url]);
    expect(complaints).toEqual([]);
  });

  test('may load and ask nothing but this server', async () => {
    const { headers } = await get(`${stack().url}/docs`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('https:');
  });
});
