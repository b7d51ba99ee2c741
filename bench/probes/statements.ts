import { readFile } from 'node:fs/promises';

import { createChecks, kindSpecs, splitIntoChunks, type CheckedBatch, type ImportRef } from '@trackly/contract';
import { acceptImport, kinds, openDatabase, readOutcomes } from '@trackly/db';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { v7 as uuidv7 } from 'uuid';

import { splitLines } from '../load/exchange.ts';
import { RECORDS_PER_REQUEST } from '../data/sizes.ts';
import { BENCH_ACCOUNT_ID } from '../data/templates.ts';

const Body = Type.Object({ records: Type.Array(Type.Unknown()) });

/** Milliseconds of each statement of a chunk. */
export interface StatementTimes {
  accept: number;
  save: number;
  readOutcome: number;
}

/** Carries out what the product has PostgreSQL do for a request, and nothing else of it. */
export interface ChunkStatements extends AsyncDisposable {
  run(batch: CheckedBatch): Promise<StatementTimes>;
  selectOne(): Promise<number>;
}

export function openChunkStatements(databaseUrl: string): ChunkStatements {
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'bench' });
  return {
    async run({ checked, rejected }) {
      const ref: ImportRef = { accountId: BENCH_ACCOUNT_ID, importId: uuidv7() };
      const recordCount = checked.length + rejected.length;
      const chunks = splitIntoChunks(checked, RECORDS_PER_REQUEST);
      const added = {
        ...ref,
        kind: kinds.revenue.spec,
        requestId: 'bench',
        recordCount,
        chunks,
        rejected: rejected.map((each) => ({ ...each, record: null })),
        virtualTime: 0,
      };
      return {
        accept: await timed(() => acceptImport(db, added)),
        save: await timed(() => kinds.revenue.saveChunk(db, { ...ref, chunkIndex: 0 })),
        readOutcome: await timed(() => readOutcomes(db, [ref])),
      };
    },
    selectOne: () => timed(() => db.$queryRaw`SELECT 1`),
    [Symbol.asyncDispose]: () => db.$disconnect(),
  };
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Reads the first bodies of a history, and checks their records as the API does. */
export async function readBatches(bodies: string, count: number): Promise<CheckedBatch[]> {
  const lines = splitLines(await readFile(bodies)).slice(0, count);
  return lines.map((line) => {
    const body = Value.Parse(Body, JSON.parse(line.toString()));
    return createChecks(kindSpecs.revenue).checkUnknown(body.records, Date.now());
  });
}
