import type { PostgresServer } from '../lab/postgres.ts';

/** A way to set up the servers that the product runs on. */
export interface Topology {
  name: string;
  about: string;
  /** The programs that it takes, besides those that npm installs. */
  programs: readonly string[];
  /** Starts the servers. */
  start(options: StartOptions): Promise<Site>;
}

export interface StartOptions {
  /** For the servers' files; a user without rights can pass through it. */
  folder: string;
  /** A PostgreSQL for topologies that are not about PostgreSQL. */
  postgres: PostgresServer;
  /** What is deferred to it ends the servers. */
  cleanup: AsyncDisposableStack;
  /** Aborted when the run is interrupted. */
  signal: AbortSignal;
}

/** Servers that run, and what is to be known about them. */
export interface Site {
  /** A database without tables, as the test reaches it. */
  databaseUrl: string;
  /** How the product reaches the servers: its settings. */
  settings: Record<string, string>;
  /** Settings with which the database is migrated, if they are others. */
  migrateSettings?: Record<string, string>;
  /** Settings of the workers alone. */
  workerSettings?: Record<string, string>;
  /** What must not reach a log. */
  secrets: readonly string[];
  /** Of the servers, for the case that it fails. */
  serverLogs?: readonly string[];
  trouble: Trouble;
}

/** A server is killed in the middle of an import. */
export interface Trouble {
  what: string;
  kill(): Promise<void>;
  /** Does what operators, or their tools, do then. */
  repair(): Promise<void>;
}
