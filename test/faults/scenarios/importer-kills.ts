import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { Account } from '../../lab/catalog.ts';
import { checkDrift, untilNoChunkIsOpen } from '../../lab/invariants.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { writeHistory, type HistoryFile } from '../support/history-file.ts';
import { startImporter } from '../support/importer.ts';
import type { Stage } from '../support/stage.ts';

const SIZE = { short: { kills: 4, records: 32_000 }, long: { kills: 20, records: 400_000 } };
const BATCH = 1000;
const SOME_REJECTED = 1;

/** The importer is killed again and again and started anew each time, and so are the workers. */
export const importerKills: Scenario = {
  name: 'importer-kills',
  bound: 'every record of the file is there once, or once in the rejects file; the journal is whole; drift 0',

  async run(stage: Stage): Promise<Figures> {
    const { kills, records } = stage.long ? SIZE.long : SIZE.short;
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    const workers = [await stage.startWorker(), await stage.startWorker()];
    await stage.startApi();
    const random = stage.random.fork('importer');
    const history = await writeHistory(path.join(stage.folder, 'history.csv'), account, records, random);
    const journal = `${history.file}.journal`;
    const start = (...args: string[]) =>
      startImporter([...args, history.file], { TRACKLY_URL: stage.url, TRACKLY_API_KEY: account.apiKey });

    for (let kill = 1; kill <= kills; kill += 1) {
      await using importer = start('import', 'revenue', '--concurrency', '4');
      const goal = (await countLines(journal)) + random.integer(0, Math.floor(records / BATCH / kills) - 1);
      const isFarEnough = async () => !importer.isRunning() || (await countLines(journal)) >= goal;
      await stage.until(isFarEnough, 'the importer moves on');
      await stage.last(random.integer(0, 100));
      if (!importer.isRunning()) {
        const { exitCode } = await importer.result;
        if (kill === 1 || exitCode !== SOME_REJECTED) throw new Error(`The importer ended, with ${exitCode}.`);
        stage.log('the importer was faster than the kill');
        break;
      }
      await importer.kill();
      if (kill % 3 === 0) {
        await workers.shift()?.kill();
        workers.push(await stage.startWorker());
      }
      stage.log(`killed the importer with ${await countLines(journal)} lines in the journal`);
    }

    const last = await start('import', 'revenue', '--json').result;
    if (last.exitCode !== SOME_REJECTED) throw new Error(`The last run went wrong: ${JSON.stringify(last)}`);
    const verified = await start('verify').result;
    if (verified.exitCode !== 0) throw new Error(`The totals differ: ${JSON.stringify(verified)}`);
    await untilNoChunkIsOpen(stage);
    const violations = [
      ...(await checkRows(stage, account, history)),
      ...(await checkFiles(history, records)),
      ...(await checkDrift(stage, [account.id])),
      ...stage.processes.flatMap((process) => process.diedByItself() ?? []),
    ];
    if (violations.length > 0) throw new Error(violations.join('\n'));
    stage.log(verified.stdout.trim());
    return { kills, records, saved: history.revenues.length, rejected: history.rejectedLines.length, drift: 0 };
  },
};

async function countLines(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

async function checkRows(stage: Stage, account: Account, { revenues }: HistoryFile): Promise<string[]> {
  const { rows } = await stage.sql.query<{ revenue: number }>(
    `SELECT (revenue * 10000)::integer AS revenue FROM revenue_records WHERE account_id = $1 ORDER BY revenue`,
    [account.id],
  );
  if (
    isDeepStrictEqual(
      rows.map(({ revenue }) => revenue),
      revenues,
    )
  )
    return [];
  return [`${rows.length} rows are saved, and they are not the ${revenues.length} of the file`];
}

async function checkFiles({ file, rejectedLines }: HistoryFile, records: number): Promise<string[]> {
  const rejects = (await readFile(`${file}.rejects.csv`, 'utf8')).trimEnd().split('\n').slice(1);
  const lines = rejects.map((line) => Number(line.split(',')[0]));
  const journal = (await readFile(`${file}.journal`, 'utf8')).trimEnd().split('\n').map(parsePosition);
  const positions = journal.filter((position) => position !== undefined).toSorted((a, b) => a - b);
  const expected = Array.from({ length: Math.ceil(records / BATCH) }, (_, index) => index * BATCH);
  return [
    ...(isDeepStrictEqual(lines, rejectedLines) ? [] : ['the rejects file has not the rows that were rejected']),
    ...(isDeepStrictEqual(positions, expected) ? [] : [`the journal has ${positions.length} batches, not each once`]),
  ];
}

function parsePosition(line: string): number | undefined {
  const entry: unknown = JSON.parse(line);
  const has = typeof entry === 'object' && entry !== null && 'position' in entry;
  return has && typeof entry.position === 'number' ? entry.position : undefined;
}
