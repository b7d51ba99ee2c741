import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { createApiKey } from './api-key.ts';

test('a key is trk_ and 32 alphanumerics, stored as its hash and first eight characters', () => {
  const { key, hash, prefix } = createApiKey();
  expect(key).toMatch(/^trk_[0-9A-Za-z]{32}$/);
  expect(key.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength(8);
  expect(Buffer.from(hash)).toEqual(createHash('sha256').update(key).digest());
});

test('every character is as likely as the others', () => {
  const counts = new Map<string, number>();
  const keys = 2_000;
  for (let index = 0; index < keys; index += 1) {
    for (const character of createApiKey().key.slice(4)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const expected = (keys * 32) / 62;
  expect(counts.size).toBe(62);
  // Eight standard deviations; a byte modulo 62 would be 25 % off.
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(8 * Math.sqrt(expected));
});
