import { option, readOptions, wholeNumber } from '../lab/options.ts';

/** Reads what the command line asks for. */
export function readRunOptions(args: readonly string[]) {
  return readOptions(args, {
    command: 'npm run test:containers --',
    about: `Builds the image, and starts docker-compose.yml under a project name and on
ports of its own. Runs the README's curl example, then the demo with three
workers, which are killed during it, then replaces the API container under
load. Checks users, file systems and logs. Removes everything at the end.
Without Docker, prints a message and exits with 0.`,
    options: {
      records: option('n', 'number of records in the file of the demo', wholeNumber({ min: 10_000 }), 300_000),
    },
  });
}
