import { isDeepStrictEqual } from 'node:util';

import { kindSpecs, type ImportKind } from '@trackly/contract';

import { stateBefore } from './before.ts';
import { importContacts, undoContacts } from './contacts.ts';
import { importOffers, undoOffers } from './offers.ts';
import { importRevenue, undoRevenue } from './revenue.ts';
import { importSends, undoSends } from './sends.ts';
import type { Drawn, Finding, ImportFacts, IsUndone, Outcome, State, UndoOutcome } from './state.ts';

export interface ModelRequest {
  kind: ImportKind;
  records: readonly Drawn[];
  isDryRun: boolean;
  isAtomic: boolean;
}

export interface ModelAnswer {
  body: string;
  /** What the header `Import-Notices` has, by name. */
  notices: string[];
  /** All errors and warnings, by index. */
  findings: (Finding & { warning: boolean })[];
}

interface ModelImport extends ModelRequest {
  /** Contacts that the import has changed, but not made. */
  changed: number;
  isUndone: boolean;
}

const importers: Record<ImportKind, (state: State, facts: ImportFacts, records: readonly Drawn[]) => Outcome> = {
  contacts: importContacts,
  offers: importOffers,
  sends: importSends,
  revenue: importRevenue,
};

/**
 * What the product promises of an account, in memory: no chunks, no queue, no SQL, one record after the other. Imports have
 * the numbers in which they come.
 */
export class AccountModel {
  readonly #before: State;
  #state: State;
  readonly #imports: ModelImport[] = [];

  /** @param lists numbers by id */
  constructor(lists: ReadonlyMap<number, string>) {
    this.#before = stateBefore(lists);
    this.#state = structuredClone(this.#before);
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Whether nothing is left of all imports. */
  get isAsBefore(): boolean {
    return isDeepStrictEqual(this.#state, this.#before);
  }

  import(request: ModelRequest, facts: Omit<ImportFacts, 'number' | 'isUndone'>): ModelAnswer {
    const number = this.#imports.length;
    const after = structuredClone(this.#state);
    const outcome = importers[request.kind](after, { ...facts, number, isUndone: this.#isUndone }, request.records);
    const isWhole = outcome.errors.length === 0 || !request.isAtomic;
    const isKept = isWhole && !request.isDryRun;
    if (isKept) this.#state = after;
    const changed = isKept ? (outcome.counts['list_contacts_updated'] ?? 0) : 0;
    this.#imports.push({ ...request, changed, isUndone: false });
    return answerOf(request, isWhole ? outcome : nothingOf(outcome));
  }

  undo(number: number): UndoOutcome {
    const undone = this.#imports[number];
    if (!undone) throw new Error(`There is no import ${number}.`);
    const outcome = this.#undo(number, undone);
    undone.isUndone = !('in_use' in outcome);
    return outcome;
  }

  readonly #isUndone: IsUndone = (number) => this.#imports[number]?.isUndone ?? false;

  #undo(number: number, { kind, changed }: ModelImport): UndoOutcome {
    const isUndone = this.#isUndone;
    switch (kind) {
      case 'contacts':
        return undoContacts(this.#state, number, { changed, isUndone });
      case 'offers':
        return undoOffers(this.#state, number);
      case 'sends':
        return undoSends(this.#state, number, { isUndone });
      case 'revenue':
        return undoRevenue(this.#state, number);
    }
  }
}

/** Of an atomic import that is not saved, only the rejected records are left. */
function nothingOf({ errors, nothing, skipped }: Outcome): Outcome {
  const none = { saved: 0, warnings: [], counts: nothing, nothing, notices: {} };
  return { ...none, errors, ...(skipped !== undefined && { skipped: 0 }) };
}

function answerOf({ kind, isDryRun }: ModelRequest, outcome: Outcome): ModelAnswer {
  const { saved, errors, warnings, skipped, counts } = outcome;
  const texts: Record<string, string> = kindSpecs[kind].errors;
  const body = JSON.stringify({
    success_count: saved,
    error_count: errors.length,
    ...counts,
    ...(skipped !== undefined && { duplicates_skipped: skipped }),
    errors: errors.map(({ index, code, fields }) => ({ index, ...fields, code, error: texts[code] })),
  });
  const codes = new Set(warnings.map(({ code }) => code));
  const warned = [...codes].map((code): [string, number] => [
    code,
    warnings.filter((each) => each.code === code).length,
  ]);
  const notices = [...warned, ...(isDryRun ? Object.entries(outcome.notices) : [])]
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}=${count}`)
    .toSorted();
  const findings = [
    ...errors.map(({ index, code }) => ({ index, code, warning: false })),
    ...warnings.map((each) => ({ ...each, warning: true })),
  ].toSorted((a, b) => a.index - b.index);
  return { body, notices, findings };
}
