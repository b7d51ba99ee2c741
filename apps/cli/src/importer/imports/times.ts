import { formatNumber } from '../../terminal/format-number.ts';

/** The times of records, for the summary. */
export interface TimesSummary {
  /** The earliest and the latest time, in UTC to the second; null if no record has one. */
  first: string | null;
  last: string | null;
  /** Numbers of records by month in UTC (`2024-01`), in order. */
  by_month: Record<string, number>;
}

const MONTH = 7;
const SECOND = 19;

/** Counts the times of records by month. */
export class Times {
  #first: string | undefined;
  #last: string | undefined;
  readonly #byMonth = new Map<string, number>();

  /** @param time in UTC, such as `2024-01-05T10:00:00` */
  add(time: string): void {
    const month = time.slice(0, MONTH);
    this.#byMonth.set(month, (this.#byMonth.get(month) ?? 0) + 1);
    if (this.#first === undefined || time < this.#first) this.#first = time;
    if (this.#last === undefined || time > this.#last) this.#last = time;
  }

  get summary(): TimesSummary {
    return {
      first: this.#first?.slice(0, SECOND) ?? null,
      last: this.#last?.slice(0, SECOND) ?? null,
      by_month: Object.fromEntries([...this.#byMonth].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

const MOST_LINES = 36;
const WIDTH = 30;

/** Draws the numbers of records by month, or by year if there are many months, as lines of text. */
export function drawTimes({ by_month: byMonth }: Pick<TimesSummary, 'by_month'>): string[] {
  const months = Object.entries(byMonth);
  const counts = months.length <= MOST_LINES ? months : addUpYears(months);
  const most = Math.max(...counts.map(([, count]) => count));
  const digits = formatNumber(most).length;
  const width = Math.max(...counts.map(([period]) => period.length));
  return counts.map(([period, count]) => {
    const bar = '▇'.repeat(Math.max(1, Math.round((count / most) * WIDTH)));
    return `${period.padEnd(width)}  ${formatNumber(count).padStart(digits)}  ${bar}`;
  });
}

function addUpYears(months: readonly (readonly [string, number])[]): [string, number][] {
  const years = new Map<string, number>();
  for (const [month, count] of months) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + count);
  const all = [...years];
  if (all.length <= MOST_LINES) return all;
  // Times that are too early are the ones to notice, so they are added up, not left out.
  const early = all.splice(0, all.length - MOST_LINES + 1);
  return [[`to ${early.at(-1)?.[0]}`, early.reduce((sum, [, count]) => sum + count, 0)], ...all];
}
