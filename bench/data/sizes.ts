/** How much of everything a run has. */
export interface Sizes {
  messages: number;
  contacts: number;
  offers: number;
  /** Of the history that is imported, in requests of {@link RECORDS_PER_REQUEST}. */
  records: number;
  /** Of it, those that the plain version gets: it takes its time. */
  plainRecords: number;
  /** Revenue rows that are there before the import, where there are some. */
  grownRows: number;
  /** Imported before the clock starts. */
  warmUpRecords: number;
  /** In a file of sends, for all contacts. */
  sends: number;
  /** Imported while memory is watched. */
  memoryRecords: number;
  /** Requests that are sent one at a time, of each size. */
  loneRequests: number;
  /** How often the contestants take turns. */
  rounds: number;
}

export const RECORDS_PER_REQUEST = 1_000;

/** Contacts that all records are for, where few are hot. */
export const HOT_CONTACTS = 200;

export const FULL: Sizes = {
  messages: 1_000_000,
  contacts: 200_000,
  offers: 500,
  records: 1_000_000,
  plainRecords: 30_000,
  grownRows: 10_000_000,
  warmUpRecords: 30_000,
  sends: 1_000_000,
  memoryRecords: 2_000_000,
  loneRequests: 200,
  rounds: 5,
};

export const QUICK: Sizes = {
  ...FULL,
  messages: 200_000,
  contacts: 40_000,
  records: 100_000,
  plainRecords: 5_000,
  grownRows: 1_000_000,
  sends: 200_000,
  memoryRecords: 400_000,
  loneRequests: 50,
  rounds: 2,
};
