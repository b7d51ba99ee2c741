import { expect, test } from 'vitest';

import { get } from './support/http.ts';
import { useStack } from './support/suite.ts';
import { trackly } from './support/trackly.ts';

const stack = useStack({ worker: false });

const create = async (...args: string[]) => {
  const { database } = stack();
  return trackly(['lists', 'create', ...args], { env: { DATABASE_URL: database.url } });
};

test('lists are created with what there is to say about them, and each number once', async () => {
  const { url, database } = stack();
  const keys = await trackly(['keys', 'create', '--account', 'acme'], { env: { DATABASE_URL: database.url } });
  const apiKey = keys.stdout.trim().split('\n').at(-1) ?? '';
  const full = ['--account', 'acme', '--number', '+15550000001', '--name', 'Newsletter', '--brand', 'Shop'];
  const created = await create(...full, '--type', 'toll_free');
  expect(created).toMatchObject({ exitCode: 0, stderr: '' });
  const id = created.stdout.trim().split('\n').at(-1);
  expect((await get(`${url}/api/v2/lists/${id}`, apiKey)).json).toMatchObject({
    id: Number(id),
    phone_number: '+15550000001',
    list_name: 'Newsletter',
    brand_name: 'Shop',
    list_type: 'toll_free',
    status: 'active',
    contact_count: 0,
  });
  expect(await create('--account', 'acme', '--number', '12345')).toMatchObject({ exitCode: 0 });
  const again = await create(...full);
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toContain(`has a list +15550000001 already: its id is ${id}`);
});

test.for([
  [['--account', 'nobody', '--number', '+15550000001'], 'There is no account "nobody"'],
  [['--account', 'acme', '--number', '(555) 000-0001'], 'is no number of a list'],
  [['--account', 'acme', '--number', '123'], 'is no number of a list'],
  [['--account', 'acme', '--number', '54321', '--name', ' '], '--name must be a text of 1 to 255 characters'],
  [['--account', 'acme', '--number', '54321', '--type', 'x'.repeat(65)], '--type must be a text of 1 to 64'],
] as const)('%j is refused in one line', async ([args, message]) => {
  const { exitCode, stderr } = await create(...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
