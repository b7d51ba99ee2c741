import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, test } from 'vitest';

import { addContacts, addMessages, addOffers } from './support/catalog.ts';
import { useStack } from './support/suite.ts';

const run = promisify(execFile);
const page = fileURLToPath(new URL('../../shared/reference/import-revenue.txt', import.meta.url));

/** What the documentation page shows for a language, which ends where the next heading begins. */
function example(heading: string, nextHeading: string): string {
  const text = readFileSync(page, 'utf8');
  const start = text.indexOf(`\n${heading}\n`) + heading.length + 2;
  return text.slice(start, text.indexOf(nextHeading, start));
}

function hasPythonRequests(): boolean {
  try {
    execFileSync('python3', ['-c', 'import requests'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const documentedAnswer = { success_count: 3, error_count: 0, total_revenue: 46.24, errors: [] };

describe.skipIf(!existsSync(page))('the clients on the documentation page, with our host and key', () => {
  const stack = useStack();

  beforeAll(async () => {
    const { database, account } = stack();
    const [first = '', second = ''] = await addContacts(database.sql, account, 2);
    await addMessages(database.sql, account, [
      { id: 'a1b2c3d4', listContactId: first },
      { id: 'e5f6g7h8', listContactId: second },
      { id: 'i9j0k1l2', listContactId: first },
    ]);
    await addOffers(database.sql, account, [{ id: 'offer_123' }, { id: 'offer_456' }]);
  });

  const withHostAndKey = (code: string) =>
    code
      .replaceAll('https://app.tracklysms.com', stack().url)
      .replaceAll('trk_your_api_key_here', stack().account.apiKey);

  test('curl', async () => {
    const { stdout } = await run('sh', [
      '-c',
      withHostAndKey(example('cURL', '\nPython\n')).replace('curl', 'curl -s'),
    ]);
    expect(JSON.parse(stdout)).toEqual(documentedAnswer);
  });

  test.skipIf(!hasPythonRequests())('Python requests', async () => {
    const { stdout } = await run('python3', ['-c', withHostAndKey(example('Python', '\nNode.js\n'))]);
    expect(JSON.parse(stdout.replaceAll("'", '"'))).toEqual(documentedAnswer);
  });

  test('Node fetch', async () => {
    const code = withHostAndKey(example('Node.js', '\n{\n')).replace(
      'console.log(data)',
      'console.log(JSON.stringify(data))',
    );
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code]);
    expect(JSON.parse(stdout)).toEqual(documentedAnswer);
  });
});
