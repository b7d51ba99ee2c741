import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest on an idle machine, the longest first. One of them that is begun last
 * keeps a single core busy at the end. The order of all others hardly counts.
 */
const LONGEST = [
  'test/ops/browser.test.ts',
  'test/start.test.ts',
  'test/slow-clients.test.ts',
  'test/model.test.ts',
  'test/all-kinds.test.ts',
  'test/storage/sizes.test.ts',
  'test/imports/dry-run-outcomes.test.ts',
  'test/rights-of-processes.test.ts',
  'test/package.test.ts',
  'test/api/import-error-forms.test.ts',
  'test/all-kinds-at-once.test.ts',
  'test/save-errors.test.ts',
  'test/embedded.test.ts',
  'test/fair-queueing.test.ts',
  'test/cli.test.ts',
  'test/no-traces.test.ts',
  'test/ops/process.test.ts',
];

/** Begins with the files that take longest, also where Vitest does not know yet what they took the last time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const position = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return position < 0 ? LONGEST.length : position;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
