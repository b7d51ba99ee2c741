import { writeFile } from 'node:fs/promises';

import { TYPES_FILE, typesOfDocument } from './types.ts';

await writeFile(TYPES_FILE, await typesOfDocument());
