import { distance } from 'fastest-levenshtein';

/**
 * The candidate that is written most like a name, whatever its case, spaces, `_` and `-`; the first of several.
 *
 * @param mostDifferent of its letters or those of the name, whichever has more: the share that may differ
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

/** A name without what people write in different ways: `Message ID` and `message_id` are `messageid`. */
export function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
