import { keysOf } from './keys.ts';
import { revenue } from './revenue/kind.ts';

/** What can be imported. */
export const kindSpecs = { revenue } as const;

export type ImportKind = keyof typeof kindSpecs;
export const importKinds = keysOf(kindSpecs);

/** Why a record of any kind was not imported. */
export const recordErrorCodes = [...new Set(Object.values(kindSpecs).flatMap(({ errors }) => keysOf(errors)))];
