import { SingleBar } from 'cli-progress';

const PLAIN_INTERVAL_MS = 5_000;

export interface Progress {
  /** @param bytes of the file that are done; @param records so far */
  update(bytes: number, records: number): void;
  stop(): void;
}

/** Shows progress through a file on stderr: a bar on a terminal, a line every five seconds elsewhere. */
export function showProgress(totalBytes: number, noun: string): Progress {
  const startedAt = performance.now();
  const perSecond = (records: number) =>
    Math.round(records / ((performance.now() - startedAt) / 1000)).toLocaleString('en');
  return process.stderr.isTTY ? showBar(totalBytes, noun, perSecond) : showLines(totalBytes, noun, perSecond);
}

type Rate = (records: number) => string;

function showBar(totalBytes: number, noun: string, perSecond: Rate): Progress {
  const bar = new SingleBar({
    format: `{bar} {percentage}% | {records} ${noun} | {rate}/s | {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stopOnComplete: false,
  });
  bar.start(totalBytes, 0, { records: '0', rate: '0' });
  return {
    update: (bytes, records) => bar.update(bytes, { records: records.toLocaleString('en'), rate: perSecond(records) }),
    stop: () => bar.stop(),
  };
}

function showLines(totalBytes: number, noun: string, perSecond: Rate): Progress {
  let [doneBytes, doneRecords] = [0, 0];
  const timer = setInterval(() => {
    const percent = Math.floor((100 * doneBytes) / totalBytes);
    process.stderr.write(`${percent}% | ${doneRecords.toLocaleString('en')} ${noun} | ${perSecond(doneRecords)}/s\n`);
  }, PLAIN_INTERVAL_MS);
  return {
    update: (bytes, records) => {
      [doneBytes, doneRecords] = [bytes, records];
    },
    stop: () => clearInterval(timer),
  };
}
