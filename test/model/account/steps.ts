import { kindSpecs, type ImportKind } from '@trackly/contract';
import fc from 'fast-check';

import { PATHS } from '../../lab/requests/request.ts';
import { post, type Answer } from '../../support/http.ts';
import { drawnRecords, placed } from './records.ts';
import type { Drawn } from './state.ts';

/** A request. Each runs in an API whose chunks have at most so many records. */
export interface Request {
  kind: ImportKind;
  records: Drawn[];
  chunkSize: number;
  isDryRun: boolean;
  isAtomic: boolean;
}

/** Imports have the numbers in which they come. */
export type Step =
  /** The key is the number of the import that has used it first: this one, or the dry run that this one follows. */
  | ({ do: 'import'; key: number } & Request)
  /** Sends the request of an earlier import again, with its key. */
  | { do: 'repeat'; number: number; chunkSize: number }
  | { do: 'undo'; number: number };

type DrawnStep =
  | ({ do: 'import' } & Request)
  | { do: 'repeat'; which: number; chunkSize: number }
  | { do: 'undo'; which: number }
  /** Undoes all that there is, the latest first. */
  | { do: 'unwind' };

/** Requests of a kind, for APIs with chunks of these sizes. */
export function drawnRequests(chunkSizes: readonly number[]): (kind: ImportKind) => fc.Arbitrary<Request> {
  const mode = fc.oneof(
    { arbitrary: fc.constant({ isDryRun: false, isAtomic: false }), weight: 8 },
    { arbitrary: fc.record({ isDryRun: fc.boolean(), isAtomic: fc.boolean() }), weight: 2 },
  );
  return (kind) =>
    fc
      .tuple(drawnRecords[kind], fc.constantFrom(...chunkSizes), mode)
      .map(([records, chunkSize, how]) => ({ kind, records, chunkSize, ...how }));
}

/** Steps of one account, for APIs with chunks of these sizes. */
export function drawnSteps(chunkSizes: readonly number[]): fc.Arbitrary<Step[]> {
  const requestOf = drawnRequests(chunkSizes);
  const importOf = (kind: ImportKind): fc.Arbitrary<DrawnStep> =>
    requestOf(kind).map((request) => ({ do: 'import', ...request }));
  // Others more often refer to what the first ones have made.
  const which = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 20 }));
  const chunkSize = fc.constantFrom(...chunkSizes);
  const step: fc.Arbitrary<DrawnStep> = fc.oneof(
    { arbitrary: importOf('contacts'), weight: 5 },
    { arbitrary: importOf('offers'), weight: 2 },
    { arbitrary: importOf('sends'), weight: 4 },
    { arbitrary: importOf('revenue'), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant('undo'), which }), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant('repeat'), which, chunkSize }), weight: 1 },
  );
  const end = fc.constantFrom<DrawnStep[]>([], [], [], [{ do: 'unwind' }]);
  // Otherwise, most revenue has nothing to refer to.
  const begin = fc.tuple(
    importOf('offers'),
    fc.oneof(importOf('sends'), importOf('contacts')),
    importOf('sends'),
    importOf('revenue'),
  );
  return fc
    .tuple(begin, fc.array(step, { minLength: 3, maxLength: 11, size: 'max' }), end)
    .map((parts) => readable(numbered(parts.flat()), textsOf));
}

/** Tells which import each step means. */
function numbered(drawn: readonly DrawnStep[]): Step[] {
  const imports: Extract<Step, { do: 'import' }>[] = [];
  return drawn.flatMap((step): Step | Step[] => {
    if (step.do === 'unwind')
      return imports
        .keys()
        .map((number): Step => ({ do: 'undo', number }))
        .toArray()
        .toReversed();
    if (step.do === 'import') {
      const made = { ...step, key: imports.length };
      imports.push(made);
      return made;
    }
    const number = step.which % imports.length;
    if (step.do === 'undo') return { do: 'undo', number };
    const { chunkSize } = step;
    const repeated = imports[number];
    if (!repeated?.isDryRun) return { do: 'repeat', number, chunkSize };
    // A dry run does not use up its key.
    const after = imports.findIndex(({ key, isDryRun }) => key === repeated.key && !isDryRun);
    if (after >= 0) return { do: 'repeat', number: after, chunkSize };
    const made = { ...repeated, chunkSize, isDryRun: false };
    imports.push(made);
    return made;
  });
}

/** Sends a request to an API. The lists of records are positions among those of the account. */
export function sendTo(
  baseUrl: string,
  { kind, records, isDryRun, isAtomic }: Request,
  account: { apiKey: string; listIds: readonly number[] },
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = JSON.stringify({
    [kindSpecs[kind].list.name]: records.map((record) => placed(record, account.listIds)),
  });
  const query = new URLSearchParams({ ...(isDryRun && { dry_run: 'true' }), ...(isAtomic && { atomic: 'true' }) });
  return post(baseUrl, body, { path: `${PATHS[kind]}?${query.toString()}`, apiKey: account.apiKey, headers });
}

/** Has fast-check print a value as lines, if it fails. */
export function readable<Value extends object>(value: Value, linesOf: (value: Value) => string[]): Value {
  return Object.assign(value, { [fc.toStringMethod]: () => `\n${linesOf(value).join('\n')}\n` });
}

function textsOf(steps: readonly Step[]): string[] {
  let imports = 0;
  return steps.map((step, position) => `step ${position + 1}: ${textOf(step)}`);

  function textOf(step: Step): string {
    switch (step.do) {
      case 'import':
        imports += 1;
        return `import ${imports - 1}${keyOf(step.key)}: ${textOfRequest(step)}`;
      case 'repeat':
        return `repeat import ${step.number} in chunks of ${step.chunkSize}`;
      case 'undo':
        return `undo import ${step.number}`;
    }
  }

  function keyOf(key: number): string {
    return key === imports - 1 ? '' : ` with the key of import ${key}`;
  }
}

export function textOfRequest({ kind, records, chunkSize, isDryRun, isAtomic }: Request): string {
  const how = `${isDryRun ? ', dry run' : ''}${isAtomic ? ', atomic' : ''}`;
  const lines = records.map((record, index) => `\n    ${index}: ${shortened(JSON.stringify(record))}`);
  return `${kind} in chunks of ${chunkSize}${how}${lines.join('')}`;
}

/** Names the length of texts that are only long. */
function shortened(text: string): string {
  return text.replaceAll(/(.)\1{99,}/g, (all, letter) => `${letter}...(${all.length})`);
}
