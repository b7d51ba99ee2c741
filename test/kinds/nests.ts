import { defineKind, type ChunkRef } from '@trackly/contract';
import type { Kind } from '@trackly/db';
import { Type } from '@sinclair/typebox';
import type pg from 'pg';

import { Prisma } from '../../packages/db/src/generated/client.ts';
import { isStaying, leavingImports } from '../../packages/db/src/kinds/leaving.ts';
import { saveChunk } from '../../packages/db/src/kinds/save.ts';
import { accountTurn } from '../../packages/db/src/kinds/take-turn.ts';
import { undoWhole } from '../../packages/db/src/kinds/undo-whole.ts';
import { undoChunk } from '../../packages/db/src/kinds/undo.ts';

const errors = {
  invalid_record: 'Not an object.',
  missing_nest: 'Which?',
  invalid_nest: 'There is no such nest.',
  nest_not_found: 'Nobody has built it.',
  save_error: 'It could not be saved.',
} as const;

const nest = { schema: Type.String(), column: 'text', missing: 'missing_nest', invalid: 'invalid_nest' } as const;

const nestSpec = defineKind({
  name: 'nests',
  title: 'Nest',
  path: '/nests',
  list: { name: 'nests', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: { nest },
  totals: [],
  skippedAs: 'built_before',
  isUndoneAsWhole: true,
  undoCounts: { trees_kept: { description: 'Trees that lose their nests, and stay.' } },
  errorFields: [],
  errors,
});

const eggSpec = defineKind({
  name: 'eggs',
  title: 'Egg',
  path: '/eggs',
  list: { name: 'eggs', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: { nest },
  totals: [],
  errorFields: [],
  errors,
});

/** A kind of import for tests that eggs refer to. */
export const nests: Kind<'nests'> = {
  spec: nestSpec,

  async saveChunk(db, chunk, isTrial = false) {
    const { accountId, importId } = chunk;
    const steps = Prisma.sql`
    added AS (
      INSERT INTO nests (account_id, import_id, record_index, name)
      SELECT ${accountId}::bigint, ${importId}::uuid, record_index, nest FROM sent
      ON CONFLICT (account_id, name) DO NOTHING
      RETURNING record_index
    ),
    judged AS MATERIALIZED (
      SELECT
        sent.*, NULL AS error_code, record_index NOT IN (SELECT record_index FROM added) AS is_skipped, 100 AS stored_bytes
      FROM sent
    )`;
    return saveChunk(db, nestSpec, chunk, isTrial, steps);
  },

  async undoChunk(db, chunk) {
    const { accountId, importId } = chunk;
    const ofImport = Prisma.sql`nests.account_id = ${accountId}::bigint AND nests.import_id = ${importId}::uuid`;
    return undoWhole(db, nestSpec, chunk, {
      references: Prisma.sql`
        SELECT count(*) AS eggs, 0 AS snakes
        FROM eggs JOIN nests ON nests.account_id = eggs.account_id AND nests.name = eggs.nest
        WHERE ${ofImport}`,
      steps: Prisma.sql`
    removed AS (
      DELETE FROM nests USING chunk WHERE ${ofImport} RETURNING 100 AS stored_bytes
    ),
    undo_counts AS (SELECT 3 AS trees_kept)`,
    });
  },
};

/** A kind of import for tests that refers to nests. */
export const eggs: Kind<'eggs'> = {
  spec: eggSpec,

  async saveChunk(db, chunk, isTrial = false) {
    return saveChunk(db, eggSpec, chunk, isTrial, layEggs(chunk));
  },

  async undoChunk(db, chunk, batchSize) {
    const steps = Prisma.sql`
    removed AS (
      DELETE FROM eggs
      USING chunk
      WHERE eggs.account_id = ${chunk.accountId}::bigint
        AND eggs.import_id = chunk.import_id
        AND eggs.record_index BETWEEN chunk.first_record AND chunk.last_record
      RETURNING chunk.import_id, chunk.chunk_index, 100 AS stored_bytes
    )`;
    return undoChunk(db, eggSpec, chunk, batchSize, steps);
  },
};

function layEggs({ accountId, importId }: ChunkRef): Prisma.Sql {
  return Prisma.sql`
    ${leavingImports(accountId)},
    found AS MATERIALIZED (
      SELECT sent.*, nests.name AS found_nest
      FROM sent
      LEFT JOIN nests
        ON nests.account_id = ${accountId}::bigint AND nests.name = sent.nest AND ${isStaying('nests.import_id')}
    ),
    turn AS MATERIALIZED (
      SELECT ${accountTurn(accountId)} FROM found HAVING count(*) > 0
    ),
    -- In the turn: whoever has completed a chunk must not wait for anything.
    judged AS MATERIALIZED (
      SELECT
        found.*, CASE WHEN found_nest IS NULL THEN 'nest_not_found' END AS error_code, false AS is_skipped,
        100 AS stored_bytes
      FROM found, turn
    ),
    laid AS (
      INSERT INTO eggs (account_id, import_id, record_index, nest)
      SELECT ${accountId}::bigint, ${importId}::uuid, record_index, nest
      FROM judged
      WHERE error_code IS NULL
    )`;
}

/** Adds the tables of the kinds. */
export async function createNests(sql: pg.Pool): Promise<void> {
  await sql.query(
    `CREATE TABLE nests_chunk_records (
       account_id bigint NOT NULL, import_id uuid NOT NULL, chunk_index integer NOT NULL, nest text[] NOT NULL,
       PRIMARY KEY (account_id, import_id, chunk_index)
     );
     CREATE TABLE eggs_chunk_records (LIKE nests_chunk_records INCLUDING ALL);
     CREATE TABLE nests (
       account_id bigint NOT NULL, import_id uuid NOT NULL, record_index integer NOT NULL, name text NOT NULL,
       PRIMARY KEY (account_id, import_id, record_index),
       UNIQUE (account_id, name)
     );
     CREATE TABLE eggs (
       account_id bigint NOT NULL, import_id uuid NOT NULL, record_index integer NOT NULL, nest text NOT NULL,
       PRIMARY KEY (account_id, import_id, record_index)
     )`,
  );
}
