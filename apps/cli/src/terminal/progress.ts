import { formatNumber } from './format-number.ts';
import { write } from './output.ts';

const INTERVAL_MS = 5_000;
const REDRAW_MS = 100;
const BAR_WIDTH = 30;

export interface Counts {
  records: number;
  rejected?: number;
  /** Those of `records` that an earlier run had done. */
  earlier?: number;
}

export interface Progress {
  /** @param bytes of the input that are done */
  update(bytes: number, counts: Counts): void;
  /** Shows the progress for the last time. */
  stop(): void;
}

export interface ProgressOptions {
  /** Size of the input; undefined if unknown. */
  totalBytes: number | undefined;
  /** Names what is counted. */
  noun: string;
  /** Print lines of JSON instead of text. */
  json?: boolean | undefined;
}

/** The progress of an input at a moment. */
export interface Standing {
  bytes: number;
  records: number;
  rejected: number;
  /** Records per second of this run. */
  rate: number;
  secondsLeft: number | undefined;
}

/** Shows progress on stderr: a bar on a terminal, a line every five seconds elsewhere. */
export function showProgress(options: ProgressOptions): Progress {
  const meter = new Meter(options.totalBytes);
  return process.stderr.isTTY && !options.json ? showBar(options, meter) : showLines(options, meter);
}

/** Computes rate and remaining time. */
export class Meter {
  readonly #totalBytes: number | undefined;
  readonly #now: () => number;
  #done = { bytes: 0, records: 0, rejected: 0 };
  /** Where this run began to work: replaying what an earlier run had done does not count as work. */
  #begin: { bytes: number; records: number; at: number };

  /** @param now returns milliseconds */
  constructor(totalBytes: number | undefined, now: () => number = () => performance.now()) {
    this.#totalBytes = totalBytes;
    this.#now = now;
    this.#begin = { bytes: 0, records: 0, at: now() };
  }

  update(bytes: number, { records, rejected = 0, earlier = 0 }: Counts): void {
    this.#done = { bytes, records, rejected };
    if (records === earlier) this.#begin = { bytes, records, at: this.#now() };
  }

  standing(): Standing {
    const seconds = (this.#now() - this.#begin.at) / 1000;
    const bytes = this.#done.bytes - this.#begin.bytes;
    const bytesLeft = (this.#totalBytes ?? Number.NaN) - this.#done.bytes;
    const secondsLeft = Math.ceil((seconds * bytesLeft) / bytes);
    return {
      ...this.#done,
      rate: seconds > 0 ? Math.round((this.#done.records - this.#begin.records) / seconds) : 0,
      secondsLeft: Number.isFinite(secondsLeft) ? secondsLeft : undefined,
    };
  }
}

/** Formats the progress as one line. */
export function describeProgress({ totalBytes, noun }: ProgressOptions, standing: Standing): string {
  const { records, rejected, rate, secondsLeft } = standing;
  return [
    ...(totalBytes === undefined ? [] : [`${percentOf(standing, totalBytes)}%`]),
    `${formatNumber(records)} ${noun}`,
    ...(rejected > 0 ? [`${formatNumber(rejected)} rejected`] : []),
    `${formatNumber(rate)}/s`,
    ...(secondsLeft === undefined ? [] : [`${formatNumber(secondsLeft)} s left`]),
  ].join(' | ');
}

function percentOf({ bytes }: Standing, totalBytes: number): number {
  return totalBytes > 0 ? Math.min(100, Math.floor((100 * bytes) / totalBytes)) : 100;
}

function showBar(options: ProgressOptions, meter: Meter): Progress {
  // Cut to the width of the terminal: notices clear this line before they are written, and cannot clear a wrapped one.
  const draw = () => {
    const standing = meter.standing();
    const line = `${drawBar(options, standing)}${describeProgress(options, standing)}`;
    process.stderr.write(`\r\u001B[K${line.slice(0, process.stderr.columns - 1)}`);
  };
  const timer = setInterval(draw, REDRAW_MS);
  let isStopped = false;
  draw();
  return {
    update: (bytes, counts) => meter.update(bytes, counts),
    stop: () => {
      if (isStopped) return;
      isStopped = true;
      clearInterval(timer);
      draw();
      process.stderr.write('\n');
    },
  };
}

function drawBar({ totalBytes }: ProgressOptions, standing: Standing): string {
  if (totalBytes === undefined) return '';
  const full = Math.floor((BAR_WIDTH * percentOf(standing, totalBytes)) / 100);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} `;
}

function showLines(options: ProgressOptions, meter: Meter): Progress {
  const describe = (standing: Standing) =>
    options.json
      ? JSON.stringify({
          bytes: standing.bytes,
          total_bytes: options.totalBytes ?? null,
          records: standing.records,
          rejected: standing.rejected,
          records_per_second: standing.rate,
          seconds_left: standing.secondsLeft ?? null,
        })
      : describeProgress(options, standing);
  const timer = setInterval(() => write('stderr', `${describe(meter.standing())}\n`), INTERVAL_MS);
  return {
    update: (bytes, counts) => meter.update(bytes, counts),
    stop: () => clearInterval(timer),
  };
}
