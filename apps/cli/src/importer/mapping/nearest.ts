import { distance } from 'fastest-levenshtein';

/**
 * Finds the candidate with the most similar spelling, ignoring case, spaces, `_` and `-`; the first of equals.
 *
 * @param mostDifferent the share of letters that may differ, from 0 to 1, of the longer of name and candidate
 */
export function nearest<T extends string>(name: string, candidates: readonly T[], mostDifferent = 1): T | undefined {
  const wanted = simplify(name);
  let [best, least]: [T | undefined, number] = [undefined, Infinity];
  for (const candidate of candidates) {
    const written = simplify(candidate);
    const steps = distance(wanted, written);
    if (steps > mostDifferent * Math.max(wanted.length, written.length)) continue;
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** Removes differences in writing: `Message ID` and `message_id` both become `messageid`. */
export function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
