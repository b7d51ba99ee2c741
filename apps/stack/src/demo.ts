import { parseArgs } from 'node:util';

import { readConfig } from './config.ts';
import { runDemo } from './demo/run.ts';

const HELP = `npm run demo [-- --records N] [--url URL]

Demonstrates the whole service: starts API, worker and ops on the embedded PostgreSQL, creates an account, a key and a
list, imports files of contacts, offers, sends and revenue over HTTP, compares the database with the files to the cent,
and stops everything.

  --records N   number of records in the file of revenue (default: 100000)
  --url URL     use a running API and its workers instead of starting them; DATABASE_URL must name their database
  --help        show this text
`;
const SHOWN_DIFFERENCES = 20;

try {
  await main();
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      records: { type: 'string', default: '100000' },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const recordCount = Number(values.records);
  if (!Number.isSafeInteger(recordCount) || recordCount < 1)
    throw new Error('--records must be a whole number above 0.');

  const config = readConfig();
  const { apiKey, differences } = await runDemo(config, { recordCount, url: values.url });
  if (differences.length > 0) {
    const shown = differences.slice(0, SHOWN_DIFFERENCES).join('\n  ');
    throw new Error(`the database and the files differ in ${differences.length} places:\n  ${shown}`);
  }
  process.stdout.write(`
Offers, messages, contacts and every contact's counts and sums in the database match the files, to the cent.

The files are in ${config.DATA_DIR}/demo. To continue${values.url ? '' : ', run "npm start", and in another terminal'}:

  curl -X POST ${values.url ?? `http://127.0.0.1:${config.PORT}`}/api/v2/history/revenue \\
    -H 'X-Api-Key: ${apiKey}' -H 'Content-Type: application/json' \\
    -d '{"records": [{"message_id": "hist_000001", "offer_id": "offer_1", "revenue": 24.99}]}'
`);
}
