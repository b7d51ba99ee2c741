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
  const elapsedSeconds = () => (performance.now() - startedAt) / 1000;
  return process.stderr.isTTY ? showBar(totalBytes, noun, elapsedSeconds) : showLines(totalBytes, noun, elapsedSeconds);
}

/**
 * One line about how far a file is.
 *
 * @param records so far, in `seconds`
 */
export function describeProgress(
  totalBytes: number,
  noun: string,
  done: { bytes: number; records: number; seconds: number },
): string {
  const { bytes, records, seconds } = done;
  const percent = totalBytes > 0 ? Math.floor((100 * bytes) / totalBytes) : 100;
  const secondsLeft = bytes > 0 ? Math.ceil((seconds * (totalBytes - bytes)) / bytes) : undefined;
  const timeLeft = secondsLeft === undefined ? '' : ` | ${secondsLeft.toLocaleString('en')} s left`;
  return `${percent}% | ${records.toLocaleString('en')} ${noun} | ${rate(records, seconds)}/s${timeLeft}`;
}

function rate(records: number, seconds: number): string {
  return (seconds > 0 ? Math.round(records / seconds) : 0).toLocaleString('en');
}

function showBar(totalBytes: number, noun: string, elapsedSeconds: () => number): Progress {
  const bar = new SingleBar({
    format: `{bar} {percentage}% | {records} ${noun} | {rate}/s | {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stopOnComplete: false,
    // It would take Ctrl-C for itself, and the command would go on.
    gracefulExit: false,
  });
  bar.start(totalBytes, 0, { records: '0', rate: '0' });
  return {
    update: (bytes, records) =>
      bar.update(bytes, { records: records.toLocaleString('en'), rate: rate(records, elapsedSeconds()) }),
    stop: () => bar.stop(),
  };
}

function showLines(totalBytes: number, noun: string, elapsedSeconds: () => number): Progress {
  let [doneBytes, doneRecords] = [0, 0];
  const timer = setInterval(() => {
    const done = { bytes: doneBytes, records: doneRecords, seconds: elapsedSeconds() };
    process.stderr.write(`${describeProgress(totalBytes, noun, done)}\n`);
  }, PLAIN_INTERVAL_MS);
  return {
    update: (bytes, records) => {
      [doneBytes, doneRecords] = [bytes, records];
    },
    stop: () => clearInterval(timer),
  };
}
