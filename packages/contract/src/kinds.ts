import { contacts } from './contacts/kind.ts';
import { keysOf } from './keys.ts';
import { offers } from './offers/kind.ts';
import { revenue } from './revenue/kind.ts';
import { sends } from './sends/kind.ts';

/** The kinds that can be imported. */
export const kindSpecs = { revenue, contacts, offers, sends } as const;

export type ImportKind = keyof typeof kindSpecs;
export const importKinds = keysOf(kindSpecs);

/** The codes of rejected records, of all kinds. */
export const recordErrorCodes = [...new Set(Object.values(kindSpecs).flatMap(({ errors }) => keysOf(errors)))];
