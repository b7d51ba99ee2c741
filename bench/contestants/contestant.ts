import type { HistoryFiles } from '../data/history.ts';
import type { Sizes } from '../data/sizes.ts';
import type { TemplateName } from '../data/templates.ts';
import type { CpuSeconds } from '../measure/cpu.ts';
import type { Servers } from '../servers.ts';

/** What contestants work with. */
export interface Bench {
  sizes: Sizes;
  servers: Servers;
  history: HistoryFiles;
  /** The same for the account that is there to warm up. */
  warmUp: HistoryFiles;
  /** For logs. */
  folder: string;
  /** Aborted when the run is interrupted. */
  interrupted: AbortSignal;
}

/** A way to get a history into the database. */
export interface Contestant {
  name: string;
  /** What it is, in a few words, for the table. */
  title: string;
  template: TemplateName;
  /** How many records it gets. */
  records(sizes: Sizes): number;
  /** Imports the first records of the history into the database of its own, and measures that. */
  run(bench: Bench, databaseUrl: string, records: number): Promise<Measurement>;
}

export interface Measurement {
  seconds: number;
  /** Of everything that took part. */
  cpuSeconds: CpuSeconds;
  /** Of each request. */
  milliseconds?: number[];
}
