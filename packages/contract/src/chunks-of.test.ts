import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chunksOf } from './chunks-of.ts';
import type { CheckedRecord } from './kind.ts';
import { kindSpecs } from './kinds.ts';

const { fields } = kindSpecs.sends;
const kind = { fields, identity: 'id' };
const requests = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 30 }).map((ids) => ids.map(toRecord));
const sizes = fc.integer({ min: 1, max: 12 });

function toRecord(id: string, index: number): CheckedRecord {
  return { index, values: Object.keys(fields).map((name) => (name === 'id' ? id : null)) };
}

const idOf = ({ values: [id] }: CheckedRecord) => id;

test('records with the same id are neighbours in one chunk, in the order of the request', () => {
  fc.assert(
    fc.property(requests, sizes, (records, size) => {
      const chunks = chunksOf(kind, records, size);
      expect(chunks.flat().toSorted((a, b) => a.index - b.index)).toEqual(records);
      for (const id of new Set(records.map(idOf))) {
        const [chunk = [], ...others] = chunks.filter((each) => each.some((record) => idOf(record) === id));
        const places = chunk.flatMap((record, place) => (idOf(record) === id ? [place] : []));
        expect(others).toEqual([]);
        expect(places).toEqual(places.map((_, n) => (places[0] ?? 0) + n));
        const indexes = places.map((place) => chunk[place]?.index ?? -1);
        expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('a chunk is longer than the size only if all of its records have the same id', () => {
  fc.assert(
    fc.property(requests, sizes, (records, size) => {
      for (const chunk of chunksOf(kind, records, size)) {
        expect(chunk.length).toBeGreaterThan(0);
        expect(chunk.length <= size || new Set(chunk.map(idOf)).size === 1).toBe(true);
      }
    }),
  );
});

test('records that all differ keep their order, and those of other kinds in any case', () => {
  const distinct = Array.from({ length: 10 }, (_, index) => toRecord(`id-${index}`, index));
  const equal = distinct.map(({ index }) => toRecord('same', index));
  expect(chunksOf(kind, distinct, 4).map((chunk) => chunk.map(({ index }) => index))).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
  expect(chunksOf({ fields }, equal, 4).map(({ length }) => length)).toEqual([4, 4, 2]);
});
