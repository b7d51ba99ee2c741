import type { ImportKind } from '@trackly/client';

import type { FileKind } from './file-kind.ts';
import { revenue } from './revenue/index.ts';

/** What can be imported from files. A kind that the client gets does not compile until it is here. */
export const fileKinds: Readonly<Record<ImportKind, FileKind>> = { revenue };
