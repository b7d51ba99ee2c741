import { defineKind } from '@trackly/contract';
import type { Kind } from '@trackly/db';
import { Type } from '@sinclair/typebox';
import type pg from 'pg';

import type { ApiKind } from '../../apps/api/src/kinds/api-kind.ts';
import { Prisma } from '../../packages/db/src/generated/client.ts';
import { saveChunk } from '../../packages/db/src/kinds/save.ts';
import { undoChunk } from '../../packages/db/src/kinds/undo.ts';

const spec = defineKind({
  name: 'sightings',
  title: 'Sighting',
  path: '/sightings/bulk',
  list: { name: 'sightings', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: {
    place: { schema: Type.String(), column: 'text', missing: 'missing_place', invalid: 'invalid_place' },
    species: { schema: Type.String(), column: 'text', missing: 'missing_species', invalid: 'invalid_species' },
    seen_at: { schema: Type.String(), column: 'timestamptz', invalid: 'invalid_seen_at' },
  },
  totals: [],
  skippedAs: 'seen_before',
  errorFields: ['species'],
  errors: {
    invalid_record: 'Not an object.',
    missing_place: 'Where?',
    invalid_place: 'There is no such place.',
    missing_species: 'What?',
    invalid_species: 'There is no such species.',
    invalid_seen_at: 'When?',
    save_error: 'It could not be saved.',
  },
});

/** Never seen: a record that names it is rejected. */
export const MYTHICAL = 'unicorn';

/**
 * A kind of import for tests, as different from revenue as kinds may be: it refers to nothing, adds places where there are
 * none, skips what was seen there before, and has nothing to add up.
 */
export const sightings: Kind<'sightings'> = {
  spec,

  async saveChunk(db, chunk, isTrial = false) {
    const { accountId, importId } = chunk;
    const steps = Prisma.sql`
    known AS MATERIALIZED (
      SELECT sent.*, row_number() OVER (PARTITION BY place, species ORDER BY record_index) AS time
      FROM sent
    ),
    added AS (
      INSERT INTO sightings (account_id, import_id, record_index, place, species, seen_at)
      SELECT ${accountId}::bigint, ${importId}::uuid, record_index, place, species, seen_at
      FROM known
      WHERE species <> ${MYTHICAL} AND time = 1
      ON CONFLICT (account_id, place, species) DO NOTHING
      RETURNING record_index, place
    ),
    place_stats AS (
      INSERT INTO places (account_id, name, species_count)
      SELECT ${accountId}::bigint, place, count(*) FROM added GROUP BY place ORDER BY place
      ON CONFLICT (account_id, name) DO UPDATE SET species_count = places.species_count + excluded.species_count
    ),
    judged AS MATERIALIZED (
      SELECT
        known.*,
        CASE WHEN species = ${MYTHICAL} THEN 'invalid_species' END AS error_code,
        species <> ${MYTHICAL} AND record_index NOT IN (SELECT record_index FROM added) AS is_skipped,
        200 AS stored_bytes
      FROM known
    )`;
    return saveChunk(db, spec, chunk, isTrial, steps);
  },

  async undoChunk(db, chunk, batchSize) {
    const { accountId } = chunk;
    const steps = Prisma.sql`
    removed AS (
      DELETE FROM sightings
      USING chunk
      WHERE sightings.account_id = ${accountId}::bigint
        AND sightings.import_id = chunk.import_id
        AND sightings.record_index BETWEEN chunk.first_record AND chunk.last_record
      RETURNING chunk.import_id, chunk.chunk_index, sightings.place, 200 AS stored_bytes
    ),
    place_stats AS (
      UPDATE places
      SET species_count = places.species_count - gone.species_count
      FROM (SELECT place, count(*) AS species_count FROM removed GROUP BY place) AS gone
      WHERE places.account_id = ${accountId}::bigint AND places.name = gone.place
    )`;
    return undoChunk(db, spec, chunk, batchSize, steps);
  },
};

/** The kind as an API describes it. */
export const apiSightings: ApiKind = {
  spec,
  operationId: 'importSightings',
  summary: 'Import sightings',
  description: 'For tests.',
  requests: {},
  results: {},
};

/** Adds the tables of the kind; a species named "impossible" is one that the database refuses. */
export async function createSightings(sql: pg.Pool): Promise<void> {
  await sql.query(
    `CREATE TABLE sightings_chunk_records (
       account_id bigint NOT NULL, import_id uuid NOT NULL, chunk_index integer NOT NULL,
       place text[] NOT NULL, species text[] NOT NULL, seen_at timestamptz[] NOT NULL,
       PRIMARY KEY (account_id, import_id, chunk_index)
     );
     CREATE TABLE sightings (
       account_id bigint NOT NULL, import_id uuid NOT NULL, record_index integer NOT NULL,
       place text NOT NULL, species text NOT NULL CHECK (species <> 'impossible'), seen_at timestamptz,
       PRIMARY KEY (account_id, import_id, record_index),
       UNIQUE (account_id, place, species)
     );
     CREATE TABLE places (
       account_id bigint NOT NULL, name text NOT NULL, species_count bigint NOT NULL,
       PRIMARY KEY (account_id, name)
     )`,
  );
}
