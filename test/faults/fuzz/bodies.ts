import fc from 'fast-check';

import type { Endpoint } from './endpoints.ts';
import { strangeRecordTexts, strangeTexts, validRecordTexts } from './record-texts.ts';

const PREFIXES = ['\ufeff', '\ufeff\ufeff', ' \n\t', '\0', ")]}',\n", '//\n', '{"a":1}', 'data: '];

/** Bodies as they are before they are compressed: bytes, text and JSON of every kind, from nonsense to a valid one. */
export function bodies(endpoint: Endpoint): fc.Arbitrary<Uint8Array> {
  const wrap = wrapIn(endpoint.list);
  const valid = fc.array(validRecordTexts(endpoint), { minLength: 1, maxLength: 3 }).map(wrap);
  const records = fc.oneof(
    { arbitrary: strangeRecordTexts(endpoint), weight: 6 },
    { arbitrary: validRecordTexts(endpoint), weight: 1 },
    { arbitrary: strangeTexts, weight: 2 },
  );
  const strange = fc.array(records, { minLength: 1, maxLength: 3 }).map(wrap);
  const texts = fc.oneof(
    { arbitrary: fc.json({ maxDepth: 4 }), weight: 120 },
    { arbitrary: strange, weight: 240 },
    { arbitrary: strangeBodyTexts(endpoint), weight: 80 },
    { arbitrary: crowds(endpoint), weight: 5 },
    { arbitrary: valid, weight: 15 },
  );
  return fc.oneof(
    { arbitrary: texts.map(toBytes), weight: 350 },
    { arbitrary: edited(fc.oneof(valid, strange).map(toBytes)), weight: 350 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 350 },
    { arbitrary: fc.uint8Array({ minLength: 2000, maxLength: 20_000, size: 'max' }), weight: 2 },
  );
}

/** Bodies that are one record. */
export function oneBodies(endpoint: Endpoint): fc.Arbitrary<Uint8Array> {
  const records = fc
    .oneof(
      { arbitrary: strangeRecordTexts(endpoint), weight: 6 },
      { arbitrary: validRecordTexts(endpoint), weight: 3 },
      { arbitrary: strangeTexts, weight: 1 },
    )
    .map(toBytes);
  return fc.oneof({ arbitrary: records, weight: 4 }, { arbitrary: edited(records), weight: 1 });
}

const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const wrapIn = (list: string) => (records: readonly string[]) => `{"${list}":[${records.join(',')}]}`;

/** Whole bodies of the wrong shape. */
function strangeBodyTexts(endpoint: Endpoint): fc.Arbitrary<string> {
  const { list } = endpoint;
  const wrap = wrapIn(list);
  const record = validRecordTexts(endpoint);
  return fc.oneof(
    strangeTexts,
    strangeTexts.map((text) => `{"${list}":${text}}`),
    record.map((text) => `[${text}]`),
    record.map((text) => `{"${list}":${text}}`),
    record.map((text) => `{"${list}":{"0":${text},"length":1}}`),
    record.map((text) => `{"__proto__":{"${list}":[${text}]}}`),
    record.map((text) => `{"constructor":{"prototype":{"${list}":[${text}]}},"${list}":[]}`),
    fc.tuple(record, strangeTexts).map(([text, other]) => `{"${list}":${other},"${list}":[${text}]}`),
    fc.tuple(record, strangeTexts).map(([text, other]) => `{"${list}":[${text}],"${list}":${other}}`),
    fc.tuple(record, fc.constantFrom(...PREFIXES)).map(([text, prefix]) => prefix + wrap([text])),
    fc.tuple(record, fc.constantFrom(...PREFIXES)).map(([text, suffix]) => wrap([text]) + suffix),
  );
}

/** Bodies about as long as they may be, and longer. */
function crowds(endpoint: Endpoint): fc.Arbitrary<string> {
  const wrap = wrapIn(endpoint.list);
  const record = fc.oneof(
    fc.constantFrom('{}', 'null', '[]', '0', '""', '{"message_id":""}'),
    validRecordTexts(endpoint),
  );
  return fc.oneof(
    fc
      .tuple(record, fc.constantFrom(2, 99, 101, 999, 1000, 1001, 2000))
      .map(([text, count]) => wrap(repeat(text, count))),
    fc.constantFrom(20_000, 200_000).map((depth) => `{"${endpoint.list}":${'['.repeat(depth)}${']'.repeat(depth)}}`),
    fc.constant(wrap(repeat('0', 100_000))),
    fc.constant(wrap([`{"message_id":"${'x'.repeat(500_000)}"}`])),
  );
}

const repeat = <T>(value: T, count: number): T[] => Array.from({ length: count }, () => value);

interface Edit {
  kind: 'flip' | 'insert' | 'delete' | 'truncate' | 'duplicate';
  /** A share of the body, in 65,536ths, so that it fits whatever was edited before. */
  at: number;
  length: number;
  byte: number;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('flip', 'insert', 'delete', 'truncate', 'duplicate'),
    at: fc.nat({ max: 65_535 }),
    length: fc.integer({ min: 1, max: 12 }),
    byte: fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(...toBytes('{}[],:"\\0'))),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Bytes like the given ones, but edited at a few places. */
export function edited(originals: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(originals, edits).map(([original, list]) => list.reduce(applyEdit, original));
}

function applyEdit(bytes: Uint8Array, { kind, at, length, byte }: Edit): Uint8Array {
  const start = Math.floor((at / 65_536) * bytes.length);
  const [before, cut, after] = [bytes.subarray(0, start), bytes.subarray(start, start + length), bytes.subarray(start)];
  const rest = bytes.subarray(start + length);
  switch (kind) {
    case 'flip':
      return Buffer.concat([before, cut.map((value, index) => (index === 0 ? value ^ byte : value)), rest]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(length, byte), after]);
    case 'delete':
      return Buffer.concat([before, rest]);
    case 'truncate':
      return before;
    case 'duplicate':
      return Buffer.concat([before, cut, after]);
  }
}
