import { setTimeout as delay } from 'node:timers/promises';

import {
  countRecentRecords,
  findSaveErrors,
  readOpenImports,
  type Database,
  type SaveError,
  type OpenImports,
} from '@trackly/db';
import type { Inspector, JobCounts, JobSummary } from '@trackly/queue';

/** How long an answer is reused, so that many viewers cost no more than one. */
const GOOD_FOR_MS = 1_000;

/** Period over which the rate of records is measured, in seconds. */
const RATE_SECONDS = 10;

const SHOWN_IMPORTS = 10;
const SHOWN_FAILURES = 5;

/** The state of each server; undefined for one that does not answer. */
export interface ServerState {
  ledger: OpenImports | undefined;
  queue: JobCounts | undefined;
}

export interface News {
  recordsPerSecond: number | undefined;
  troubledJobs: JobSummary[] | undefined;
  saveErrors: SaveError[] | undefined;
}

/** Reads the state of the whole service. Its methods never reject, and take at most `answerMs`. */
export interface Monitor {
  readServers(): Promise<ServerState>;
  readNews(): Promise<News>;
}

export interface MonitorOptions {
  db: Database;
  inspector: Inspector;
  /** How long pages and scrapes wait for a server before it counts as away, in milliseconds. */
  answerMs: number;
  onError: (error: Error) => void;
}

export function createMonitor({ db, inspector, answerMs, onError }: MonitorOptions): Monitor {
  async function answerOf<T>(question: Promise<T>): Promise<T | undefined> {
    try {
      return await Promise.race([question, delay(answerMs, undefined, { ref: false })]);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  }

  async function readServers(): Promise<ServerState> {
    const [ledger, queue] = await Promise.all([
      answerOf(readOpenImports(db, SHOWN_IMPORTS)),
      answerOf(inspector.count()),
    ]);
    return { ledger, queue };
  }

  async function readNews(): Promise<News> {
    const [records, troubledJobs, saveErrors] = await Promise.all([
      answerOf(countRecentRecords(db, RATE_SECONDS)),
      answerOf(inspector.findTroubled(SHOWN_FAILURES)),
      answerOf(findSaveErrors(db, SHOWN_FAILURES)),
    ]);
    return {
      recordsPerSecond: records === undefined ? undefined : records / RATE_SECONDS,
      troubledJobs,
      saveErrors,
    };
  }

  return { readServers: reused(readServers), readNews: reused(readNews) };
}

/** Reads once for all callers within a second. */
function reused<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { answer: Promise<T>; askedAt: number } | undefined;
  return () => {
    if (!last || performance.now() - last.askedAt >= GOOD_FOR_MS) last = { answer: read(), askedAt: performance.now() };
    return last.answer;
  };
}
