import { once } from 'node:events';

import { attachEmbeddedServer } from '@trackly/runtime';

// Uses the embedded server of the folder that it is given, prints its URL, and leaves when its input ends.
const server = await attachEmbeddedServer({ dataDir: process.argv[2] ?? '' });
console.log(server.url);
process.stdin.resume();
await once(process.stdin, 'end');
await server.close();
