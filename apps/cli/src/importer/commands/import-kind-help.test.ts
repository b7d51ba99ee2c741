import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { helpFor } from './import-kind-help.ts';

test.each(Object.values(fileKinds))('the help of $name fits a terminal', (kind) => {
  const tooLong = helpFor(kind)
    .split('\n')
    .filter((line) => line.length > 130);
  expect(tooLong).toEqual([]);
  expect(helpFor(kind)).not.toMatch(/\n\n\n|undefined/);
});

test('the help of a kind says only what concerns it', () => {
  const said = (text: string) =>
    Object.values(fileKinds)
      .filter((kind) => helpFor(kind).includes(text))
      .map(({ name }) => name)
      .toSorted((a, b) => (a < b ? -1 : 1));
  expect(said('several\n  batches at the same time')).toEqual(['offers', 'revenue', 'sends']);
  expect(said('records, one after the other')).toEqual(['contacts']);
  expect(said('--amounts us also takes')).toEqual(['offers', 'revenue']);
  expect(said('No amount of the first 100 rows')).toEqual(['offers', 'revenue']);
  expect(said('--date-format takes')).toEqual(['contacts', 'revenue', 'sends']);
  expect(said('No time of the first 100 rows')).toEqual(['contacts', 'revenue', 'sends']);
  expect(said('dated before their message was sent')).toEqual(['revenue']);
  expect(said('--map phone_number=properties.phone_number')).toEqual(['contacts']);
  expect(said('has about 5,000 records or more')).toHaveLength(4);
});
