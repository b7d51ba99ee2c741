import { formatNumber } from './format.ts';
import type { Results } from './results.ts';

/** Of the machine's processor time, what may go to something else in a run that counts. */
const HARMLESS = 0.1;

/** Says so when the machine had something else to do while it was measured; nothing when it had not. */
export function disturbance({ runs, machine }: Results): string[] {
  const shares = runs.map(({ cpuSeconds, seconds }) => (cpuSeconds['others'] ?? 0) / seconds / machine.cores);
  const disturbed = shares.filter((share) => share > HARMLESS);
  if (disturbed.length === 0) return [];
  const most = formatNumber(Math.round(Math.max(...disturbed) * 100));
  return [
    `The machine had something else to do in ${disturbed.length} of ${runs.length} runs, which took up to ${most} % of its ` +
      'processors: measure again when it has not.',
  ];
}
