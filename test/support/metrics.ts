/** One reading of a process's metrics. */
export interface Samples {
  /** All of it, as Prometheus gets it. */
  text: string;
  /** The value of `name{label="value"}`, or the sum over all labels when none is given; 0 when there is none. */
  valueOf(series: string): number;
}

/** Reads Prometheus' text format. */
export function parseMetrics(text: string): Samples {
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      series: line.slice(0, line.lastIndexOf(' ')),
      value: Number(line.slice(line.lastIndexOf(' ') + 1)),
    }));
  return {
    text,
    valueOf: (series) =>
      samples
        .filter((sample) => sample.series === series || sample.series.startsWith(`${series}{`))
        .reduce((sum, { value }) => sum + value, 0),
  };
}

/** Reads the metrics of a process. */
export async function scrape(url: string): Promise<Samples> {
  const response = await fetch(`${url}/metrics`);
  if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}.`);
  return parseMetrics(await response.text());
}
