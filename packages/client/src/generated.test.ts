import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { TYPES_FILE, typesOfDocument } from '../codegen/types.ts';

test('the types are those of docs/openapi.json; if not: npm run generate:client', async () => {
  expect(await readFile(TYPES_FILE, 'utf8')).toBe(await typesOfDocument());
});
