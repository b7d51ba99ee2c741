import { createHash } from 'node:crypto';

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const RESOLUTION = 2 ** 31 - 1;

/** Choices that are the same for the same seed. */
export interface Random {
  /** From `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** @throws when there is nothing to pick from */
  pick<T>(items: readonly T[]): T;
  bytes(count: number): Buffer;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Choices of its own for one of many at work at the same time: what others draw meanwhile does not change them. */
  fork(label: string): Random;
}

/** Starts a row of choices from a seed: any text. */
export function createRandom(seed: string): Random {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE());
  const integer = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    integer,
    pick(items) {
      const item = items[integer(0, Math.max(items.length - 1, 0))];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => integer(0, 255))),
    chance: (probability) => integer(0, RESOLUTION - 1) < probability * RESOLUTION,
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
