import { keysOf } from './keys.ts';
import { revenue } from './revenue/kind.ts';

/** The kinds that can be imported. */
export const kindSpecs = { revenue } as const;

export type ImportKind = keyof typeof kindSpecs;
export const importKinds = keysOf(kindSpecs);

/** The codes of rejected records, of all kinds. */
export const recordErrorCodes = [...new Set(Object.values(kindSpecs).flatMap(({ errors }) => keysOf(errors)))];
