import { existsSync } from 'node:fs';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Finds a Chromium: TEST_BROWSER, or where it usually is. Tells when there is none. */
export function findBrowser(): string | undefined {
  const wanted = process.env['TEST_BROWSER'];
  if (wanted && !existsSync(wanted)) throw new Error('TEST_BROWSER is set, but there is no such file.');
  const browser = wanted ?? USUAL_PATHS.find((path) => existsSync(path));
  if (!browser) {
    console.warn(
      'No Chromium found: the browser tests are left out. To have them run, install it or set TEST_BROWSER.',
    );
  }
  return browser;
}
