import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const Numbers = Type.Array(Type.Number());

/** One contestant in one round. */
export const Run = Type.Object({
  contestant: Type.String(),
  round: Type.Integer(),
  records: Type.Integer(),
  seconds: Type.Number(),
  /** Processor time by what used it; `others` is the machine's besides all that took part. */
  cpuSeconds: Type.Record(Type.String(), Type.Number()),
  walBytes: Type.Number(),
  /** How long requests took, where there are any: milliseconds. */
  requestMs: Type.Optional(Type.Object({ p50: Type.Number(), p95: Type.Number(), max: Type.Number() })),
  /** What it has left behind. */
  totals: Type.Object({
    rows: Type.Integer(),
    revenue: Type.String(),
    rowsDigest: Type.String(),
    contactsDigest: Type.String(),
  }),
});
export type Run = Static<typeof Run>;

/** What was measured of one request at a time, in milliseconds, one after the other. */
export const LoneRound = Type.Object({
  round: Type.Integer(),
  recordsPerRequest: Type.Integer(),
  requests: Numbers,
  /** The statements of the same chunks, in one process. */
  accept: Numbers,
  save: Numbers,
  readOutcome: Numbers,
  /** `SELECT 1` through Prisma. */
  selectOne: Numbers,
  /** PING. */
  redis: Numbers,
  /** GET /healthz. */
  http: Numbers,
});
export type LoneRound = Static<typeof LoneRound>;

/** How much memory a process had during a long import. */
export const MemoryWatch = Type.Object({
  process: Type.String(),
  records: Type.Integer(),
  seconds: Type.Number(),
  samples: Type.Array(Type.Object({ second: Type.Number(), mebibytes: Type.Number() })),
});
export type MemoryWatch = Static<typeof MemoryWatch>;

/** A file of sends, imported by the importer and by a script for psql. */
export const SendsRound = Type.Object({
  round: Type.Integer(),
  records: Type.Integer(),
  scriptSeconds: Type.Number(),
  /** Of the importer. */
  seconds: Type.Number(),
  /** The most memory of each process. */
  mebibytes: Type.Record(Type.String(), Type.Number()),
});
export type SendsRound = Static<typeof SendsRound>;

export const Machine = Type.Object({
  cpu: Type.String(),
  cores: Type.Integer(),
  memoryGiB: Type.Number(),
  system: Type.String(),
  node: Type.String(),
  postgres: Type.String(),
  redis: Type.String(),
  /** Of PostgreSQL, those that decide how fast it may be. */
  postgresSettings: Type.Record(Type.String(), Type.String()),
});
export type Machine = Static<typeof Machine>;

/** Everything that a run has measured. Tables and charts are drawn from it alone. */
export const Results = Type.Object({
  date: Type.String(),
  commit: Type.String(),
  quick: Type.Boolean(),
  seconds: Type.Number(),
  sizes: Type.Record(Type.String(), Type.Number()),
  connections: Type.Integer(),
  machine: Machine,
  runs: Type.Array(Run),
  lone: Type.Array(LoneRound),
  memory: Type.Array(MemoryWatch),
  sends: Type.Optional(Type.Array(SendsRound)),
});
export type Results = Static<typeof Results>;

/** @throws when the text is not what a run has saved */
export function parseResults(text: string): Results {
  return Value.Parse(Results, JSON.parse(text));
}
