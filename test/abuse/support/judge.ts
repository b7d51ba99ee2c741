import type { Attempt } from '../../lab/client.ts';
import { percentile } from '../../lab/percentile.ts';
import type { Product } from '../../lab/product.ts';
import type { Figures } from '../../lab/turn.ts';
import type { Measured } from './good-client.ts';

const TIMES_SLOWER = 3;
const ALWAYS_FINE_MS = 500;
const MOST_MEMORY_MIB = 600;
export const MEMORY_LEFT_MIB = 100;
export const MEMORY_BACK_WITHIN_MS = 60_000;

/** What a good client may be answered. */
const ACCEPTED = new Set<Attempt['status']>([200, 202]);

/** What must hold in each scenario. */
export const BOUND =
  `p95 of the good client at most ${TIMES_SLOWER} × its quiet p95 or ${ALWAYS_FINE_MS} ms, no request of it refused or lost; ` +
  `API at most ${MOST_MEMORY_MIB} MiB, and within ${MEMORY_BACK_WITHIN_MS / 1000} s back to what it took before`;

/** What came of a scenario, or of a part of it. */
export interface Outcome {
  figures: Figures;
  /** What does not hold. */
  violations: string[];
}

/** Judges how long imports, and reports if there are any, took during the attack, compared with before. */
export function judgeTimes(product: Product, quiet: Measured, during: Measured): Outcome[] {
  const importsOf = ({ sent }: Measured) => sent.map(({ ms }) => ms ?? Infinity);
  const reportsOf = ({ reports }: Measured) => reports.map(({ ms }) => ms);
  return [
    compareTimes(product, 'imports', importsOf(quiet), importsOf(during)),
    ...(during.reports.length > 0 ? [compareTimes(product, 'reports', reportsOf(quiet), reportsOf(during))] : []),
  ];
}

function compareTimes(product: Product, what: string, quiet: readonly number[], during: readonly number[]): Outcome {
  const [quietP95, p95] = [percentile(quiet, 0.95), percentile(during, 0.95)];
  const violations = violationsOf(() =>
    product.within(Math.max(TIMES_SLOWER * quietP95, ALWAYS_FINE_MS), p95, `p95 of the good client's ${what}`),
  );
  const figures = {
    [`${what} quiet p95 ms`]: quietP95,
    [`${what} p95 ms`]: p95,
    [`${what} longest ms`]: Math.max(...during),
  };
  return { figures, violations };
}

/** Judges what the good client was answered since the attack began. */
export function judgeAnswers(work: readonly Measured[]): Outcome {
  const attempts = work.flatMap(({ sent, reports }) => [...sent.flatMap((each) => each.attempts), ...reports]);
  const failed = attempts
    .filter(({ status }) => !ACCEPTED.has(status))
    .map(({ status, code }) => code ?? String(status));
  const violations =
    failed.length > 0 ? [`${failed.length} of ${attempts.length} attempts of the good client failed`] : [];
  return { figures: { 'refused or lost': countEach(failed) || 0 }, violations };
}

/** MiB that the API took. */
export interface MemoryTaken {
  before: number;
  peak: number;
  /** When it was back, or should have been. */
  after: number;
  /** From the end of the attack until then. */
  seconds: number;
}

/** Judges how much memory the API took at most, and how much it kept. */
export function judgeMemory(taken: MemoryTaken): Outcome {
  const [before, peak, after, seconds] = [taken.before, taken.peak, taken.after, taken.seconds].map(Math.round);
  const violations: string[] = [];
  if (taken.peak > MOST_MEMORY_MIB) violations.push(`the API took ${peak} MiB`);
  if (taken.after > taken.before + MEMORY_LEFT_MIB) {
    violations.push(`the API still took ${after} MiB ${seconds} s after the attack, and ${before} before`);
  }
  const figures = {
    'MiB before': before ?? 0,
    'MiB peak': peak ?? 0,
    'MiB after': after ?? 0,
    'after s': seconds ?? 0,
  };
  return { figures, violations };
}

/** Puts outcomes together. */
export function merge(outcomes: readonly Outcome[]): Outcome {
  const figures: Figures = {};
  for (const outcome of outcomes) Object.assign(figures, outcome.figures);
  return { figures, violations: outcomes.flatMap(({ violations }) => violations) };
}

/** What a check throws, as violations. */
function violationsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** "503 × 17, lost × 2" */
function countEach(whats: readonly string[]): string {
  return [...Map.groupBy(whats, (what) => what)].map(([what, { length }]) => `${what} × ${length}`).join(', ');
}
