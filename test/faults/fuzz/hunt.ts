import fc from 'fast-check';

/** Sampled at a time. */
const BATCH = 500;
/** Kinds of failure, by the first line of their messages, that are worth telling. */
const MAX_KINDS = 5;
const SHRINK_LIMIT_MS = 15_000;
/** fast-check samples with another bias than it checks with, and then cannot find a sample again by its path. */
const unbiased = true;

/** What to try, and what must hold for it. */
export interface Hunt<T> {
  values: fc.Arbitrary<T>;
  count: number;
  seed: number;
  /** How many are tried at the same time. */
  lanes: number;
  /** @throws when the value breaks what must hold */
  check: (value: T) => Promise<void>;
  /** Writes a value so that whoever reads it can try it again. */
  describe: (value: T) => string;
  /** Stops trying. */
  signal: AbortSignal;
  /** Told now and then how many values have been tried. */
  onProgress?: (tried: number) => void;
}

interface Sample<T> {
  value: T;
  seed: number;
  /** Where fast-check finds the value again. */
  path: string;
}

interface Failure<T> extends Sample<T> {
  error: unknown;
}

/** @throws naming each kind of failure, with the smallest value that still fails in that way */
export async function hunt<T>(options: Hunt<T>): Promise<void> {
  const { check, lanes, signal } = options;
  const samples = sampled(options);
  const failures = new Map<string, Failure<T>>();

  async function runLane(): Promise<void> {
    for (const sample of samples) {
      if (failures.size >= MAX_KINDS || signal.aborted) return;
      try {
        await check(sample.value);
      } catch (error) {
        if (!failures.has(kindOf(error))) failures.set(kindOf(error), { ...sample, error });
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, runLane));
  signal.throwIfAborted();

  const reports: string[] = [];
  for (const failure of failures.values()) reports.push(await shrink(options, failure));
  if (reports.length > 0) throw new Error(`${reports.length} kinds of failure:\n\n${reports.join('\n\n')}`);
}

/** A generator ends at the first `return` of whoever reads it; this one goes on for the other lanes. */
function sampled<T>(options: Hunt<T>): Iterable<Sample<T>> {
  const samples = samplesOf(options);
  return { [Symbol.iterator]: () => ({ next: () => samples.next() }) };
}

function* samplesOf<T>(options: Hunt<T>): Generator<Sample<T>, undefined> {
  const { count, onProgress } = options;
  const property = propertyOf(options);
  for (let start = 0; start < count; start += BATCH) {
    const seed = options.seed + start;
    const batch = fc.sample(property, { seed, unbiased, numRuns: Math.min(BATCH, count - start) });
    for (const [index, [value]] of batch.entries()) yield { value, seed, path: String(index) };
    onProgress?.(start + batch.length);
  }
}

function propertyOf<T>({ values, check }: Pick<Hunt<T>, 'values' | 'check'>) {
  return fc.asyncProperty(values, check);
}

/** Alone and one after the other: what fails only among others is told as it was. */
async function shrink<T>(options: Hunt<T>, { value, seed, path, error }: Failure<T>): Promise<string> {
  const kind = kindOf(error);
  const sameKind = async (candidate: T) => {
    const failed: unknown = await options.check(candidate).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (failed !== undefined && kindOf(failed) === kind) throw failed;
  };
  const property = propertyOf({ values: options.values, check: sameKind });
  const result = await fc.check(property, {
    seed,
    path,
    unbiased,
    numRuns: 1,
    interruptAfterTimeLimit: SHRINK_LIMIT_MS,
  });
  const [smallest] = result.counterexample ?? [value];
  const how = result.counterexample ? `smallest of ${result.numShrinks + 1}` : 'not repeatable alone';
  return `${String(error)}\n(seed ${seed}, path ${path}; ${how})\n${options.describe(smallest)}`;
}

function kindOf(error: unknown): string {
  return String(error).split('\n', 1).join('');
}
