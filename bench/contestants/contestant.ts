import type { HistoryFiles } from '../data/history.ts';
import type { Sizes } from '../data/sizes.ts';
import type { TemplateName } from '../data/templates.ts';
import type { Use } from '../measure/meters.ts';
import type { Servers } from '../servers.ts';

/** What contestants work with. */
export interface Bench {
  sizes: Sizes;
  servers: Servers;
  history: HistoryFiles;
  /** The same for the account that is there to warm up. */
  warmUp: HistoryFiles;
  /** Of the client that sends sustained imports. */
  connections: number;
  /** The folder for what processes log. */
  logs: string;
  /** Aborted when the run is interrupted: whatever is being waited for then fails. */
  interrupted: AbortSignal;
}

/** A way to get a history into the database. */
export interface Contestant {
  name: string;
  /** What it is, in a few words. */
  title: string;
  template: TemplateName;
  /** How many records it gets. */
  records(sizes: Sizes): number;
  /** Imports the first records of the history into the database, which is its own, and measures that. */
  run(bench: Bench, databaseUrl: string, records: number): Promise<Measurement>;
}

export interface Measurement extends Use {
  seconds: number;
  /** Of each request, where there are any. */
  milliseconds?: number[];
}
