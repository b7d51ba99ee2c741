#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import path from 'node:path';

import { ignoreClosedOutput } from './terminal/ignore-closed-output.ts';

// Halves the start time from the second start on. If the folder is not writable, Node does without the cache.
enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/node'));
const { runTrackly } = await import('./program.ts');
ignoreClosedOutput();
await runTrackly(process.argv.slice(2));
