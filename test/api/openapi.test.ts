import { expect, test } from 'vitest';

import { get } from '../support/http.ts';
import { useStack } from '../support/suite.ts';

const COMMITTED = '../../docs/openapi.json';

const stack = useStack({ worker: false });

test('docs/openapi.json is what the server says of itself; npm run openapi writes it', async () => {
  const { status, json } = await get(`${stack().url}/openapi.json`);
  expect(status).toBe(200);
  await expect(`${JSON.stringify(json, undefined, 2)}\n`).toMatchFileSnapshot(COMMITTED);
});
