import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

import { HANGS_AFTER_MS } from './limits.ts';

/** A browser whose pages wait for as long as it takes. */
export interface TestBrowser extends AsyncDisposable {
  /** Opens an empty page in a context of its own. Its clock can be moved, so that nobody has to wait for it. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Closes all pages. */
  closePages(): Promise<void>;
}

/** Starts a Chromium. */
export async function startBrowser(executablePath: string): Promise<TestBrowser> {
  const args = ['--no-sandbox', '--disable-background-networking'];
  const browser: Browser = await chromium.launch({ executablePath, args, timeout: HANGS_AFTER_MS });
  return {
    async newPage(options) {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(HANGS_AFTER_MS);
      const page = await context.newPage();
      await page.clock.install();
      return page;
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
