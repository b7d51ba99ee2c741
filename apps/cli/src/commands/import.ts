import { createClient } from '@trackly/client';
import { Command, InvalidArgumentError, Option } from 'commander';

import { CommandError } from '../command-error.ts';
import { retryNotice } from '../import/retry-notice.ts';
import { importFile, type Summary } from '../import/run.ts';

const SOME_REJECTED = 1;
export const COULD_NOT_RUN = 2;

const API_KEY = /^trk_[0-9A-Za-z]{32}$/;

/** `trackly import`: sends files to the API. It needs HTTP only: no database, no queue. */
export function importCommand(): Command {
  const command = new Command('import').description('Send files to the API');
  command
    .command('revenue')
    .description('Import revenue history from a CSV file whose header names the fields of the API')
    .argument('<file>', 'columns message_id,offer_id,revenue and, if wanted, payout,attribution_type,timestamp')
    .option('--url <url>', 'address of the API', 'http://127.0.0.1:3000')
    .addOption(new Option('--api-key <key>', 'API key of the account').env('TRACKLY_API_KEY').makeOptionMandatory())
    .option('--batch-size <records>', 'records in a request', wholeNumber(1, 1000), 1000)
    .option('--concurrency <requests>', 'requests at the same time', wholeNumber(1, 64), 8)
    .option('--json', 'print the summary as one JSON object')
    .addHelpText(
      'after',
      `
Progress goes to stderr, the summary to stdout. Exit code: 0 all records imported, 1 some rejected, 2 could not run.
What gets no answer is sent again, for five minutes; it counts once. Ctrl-C sends no more, and waits for what was sent;
a second Ctrl-C does not wait.

Examples:
  trackly import revenue history.csv --url https://history.example.com --api-key trk_…
  TRACKLY_API_KEY=trk_… trackly import revenue history.csv --json > summary.json`,
    )
    .action(importRevenue);
  return command;
}

interface ImportFlags {
  url: string;
  apiKey: string;
  batchSize: number;
  concurrency: number;
  json?: boolean;
}

async function importRevenue(file: string, { url, apiKey, json, ...options }: ImportFlags): Promise<void> {
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    throw new CommandError('--url must be an address such as http://127.0.0.1:3000.');
  }
  if (!API_KEY.test(apiKey)) {
    throw new CommandError('--api-key must be trk_ and 32 letters or digits, as "trackly keys create" prints it.');
  }
  const client = createClient({ url, apiKey, onRetry: retryNotice() });
  const stop = new AbortController();
  const abandon = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
    process.once('SIGINT', () => abandon.abort());
  });
  const summary = await importFile(client, file, { ...options, stop: stop.signal, abandon: abandon.signal });
  console.log(json ? JSON.stringify(summary) : describe(summary));
  if (summary.rejected > 0) process.exitCode = SOME_REJECTED;
}

function describe(summary: Summary): string {
  const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });
  const codes = Object.entries(summary.rejected_by_code).toSorted(([, a], [, b]) => b - a);
  return [
    `records   ${number(summary.records)} in ${number(summary.seconds)} s, ${number(Math.round(summary.records / summary.seconds))}/s`,
    `imported  ${number(summary.imported)}`,
    `rejected  ${number(summary.rejected)}`,
    ...codes.map(([code, count]) => `          ${number(count)} ${code}`),
    `revenue   ${summary.total_revenue}`,
  ].join('\n');
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
