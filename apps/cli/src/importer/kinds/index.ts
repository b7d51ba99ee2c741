import type { ImportKind } from '@trackly/client';

import type { FileKind } from './file-kind.ts';
import { contacts } from './contacts/index.ts';
import { offers } from './offers/index.ts';
import { revenue } from './revenue/index.ts';
import { sends } from './sends/index.ts';

/** The kinds that can be imported from files. Does not compile if the client knows a kind that is missing here. */
export const fileKinds: Readonly<Record<ImportKind, FileKind>> = { revenue, contacts, offers, sends };
