import { parseArgs } from 'node:util';

const HELP = `npm run test:containers [-- --records N]

Builds the image, brings docker-compose.yml up under a name and on ports of its own, and uses it as a person would: the
README's curl, the demo with three workers that are killed on the way, a new API container under load. Looks at what runs
there: users, file system, logs. Takes it all down again. Without Docker it does nothing, and says so.

  --records N   records in the demo's file (300000)
  --help        this text
`;

export interface RunOptions {
  records: number;
}

/** @returns undefined when only help was asked for, which has been printed @throws saying which argument is wrong */
export function readOptions(args: string[]): RunOptions | undefined {
  const { values } = parseArgs({
    args,
    options: { records: { type: 'string', default: '300000' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return undefined;
  }
  const records = Number(values.records);
  if (!Number.isSafeInteger(records) || records < 10_000)
    throw new Error('--records must be a whole number from 10000.');
  return { records };
}
