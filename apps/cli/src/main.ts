#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import path from 'node:path';

import { ignoreClosedOutput } from './terminal/ignore-closed-output.ts';

// The second start of a command takes half as long. Where nothing can be written, there is no cache.
enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/node'));
const { runTrackly } = await import('./program.ts');
ignoreClosedOutput();
await runTrackly(process.argv.slice(2));
