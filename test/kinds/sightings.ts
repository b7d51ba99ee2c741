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
    place: {
      schema: Type.String(),
      column: 'text',
      missing: 'missing_place',
      alternative: 'place_number',
      invalid: 'invalid_place',
    },
    place_number: {
      schema: Type.Integer({ minimum: 0 }),
      column: 'bigint',
      invalid: 'invalid_place_number',
    },
    species: { schema: Type.String(), column: 'text', missing: 'missing_species', invalid: 'invalid_species' },
    seen_at: { schema: Type.String(), column: 'timestamptz', invalid: 'invalid_seen_at' },
    is_young: { schema: Type.Boolean({ default: false }), column: 'boolean', invalid: 'invalid_is_young' },
    details: {
      schema: Type.Object({}, { additionalProperties: true }),
      column: 'json',
      mostBytes: 200,
      invalid: 'invalid_details',
    },
  },
  totals: [],
  skippedAs: 'seen_before',
  counts: {
    young_animals: { description: 'Sightings of young animals.' },
    places_created: { description: 'Places that were not there before.' },
    photos_taken: { description: 'There is no camera.', constant: 0 },
  },
  errorCounts: { unknown_species: { codes: ['invalid_species', 'missing_species'], description: 'Of what is none.' } },
  errorFields: ['species', 'is_young'],
  errors: {
    invalid_record: 'Not an object.',
    missing_place: 'Where?',
    invalid_place: 'There is no such place.',
    invalid_place_number: 'Not a number of a place.',
    missing_species: 'What?',
    invalid_species: 'There is no such species.',
    invalid_seen_at: 'When?',
    invalid_is_young: 'Young or old?',
    invalid_details: 'Not such details.',
    save_error: 'It could not be saved.',
  },
  warnings: { seen_otherwise: 'It was seen before, but was not as old.' },
});

/** Never seen: a record that names it is rejected. */
export const MYTHICAL = 'unicorn';

/**
 * A kind of import for tests, as different from revenue as kinds may be: it refers to nothing, adds places where there are
 * none, skips what was seen there before, with a warning if it was of another age, has nothing to add up, and counts young
 * animals and new places.
 */
export const sightings: Kind<'sightings'> = {
  spec,

  async saveChunk(db, chunk, isTrial = false) {
    const { accountId, importId } = chunk;
    const steps = Prisma.sql`
    located AS MATERIALIZED (
      SELECT sent.*, coalesce(place, 'No. ' || place_number) AS place_name FROM sent
    ),
    known AS MATERIALIZED (
      SELECT
        located.*,
        row_number() OVER same AS time,
        coalesce(earlier.is_young, first_value(located.is_young) OVER same) AS was_young
      FROM located
      LEFT JOIN sightings AS earlier
        ON earlier.account_id = ${accountId}::bigint
        AND earlier.place = located.place_name
        AND earlier.species = located.species
      WINDOW same AS (PARTITION BY located.place_name, located.species ORDER BY located.record_index)
    ),
    added AS (
      INSERT INTO sightings (account_id, import_id, record_index, place, species, seen_at, is_young, details)
      SELECT ${accountId}::bigint, ${importId}::uuid, record_index, place_name, species, seen_at, is_young, details
      FROM known
      WHERE species <> ${MYTHICAL} AND time = 1
      ON CONFLICT (account_id, place, species) DO NOTHING
      RETURNING record_index, place
    ),
    place_stats AS (
      INSERT INTO places (account_id, name, species_count)
      SELECT ${accountId}::bigint, place, count(*) FROM added GROUP BY place ORDER BY place
      ON CONFLICT (account_id, name) DO UPDATE SET species_count = places.species_count + excluded.species_count
      -- A row that was there has been updated by this transaction, a new one by none.
      RETURNING name, xmax = 0 AS is_new
    ),
    judged AS MATERIALIZED (
      SELECT
        known.*,
        CASE WHEN species = ${MYTHICAL} THEN 'invalid_species' END AS error_code,
        species <> ${MYTHICAL} AND record_index NOT IN (SELECT record_index FROM added) AS is_skipped,
        CASE WHEN was_young <> is_young THEN 'seen_otherwise' END AS warning_code,
        is_young AS young_animals,
        record_index IN (
          SELECT min(added.record_index)
          FROM added JOIN place_stats ON place_stats.name = added.place AND place_stats.is_new
          GROUP BY added.place
        ) AS places_created,
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
       place text[] NOT NULL, place_number bigint[] NOT NULL, species text[] NOT NULL, seen_at timestamptz[] NOT NULL,
       is_young boolean[] NOT NULL, details json[] NOT NULL,
       PRIMARY KEY (account_id, import_id, chunk_index)
     );
     CREATE TABLE sightings (
       account_id bigint NOT NULL, import_id uuid NOT NULL, record_index integer NOT NULL,
       place text NOT NULL, species text NOT NULL CHECK (species <> 'impossible'), seen_at timestamptz,
       is_young boolean NOT NULL, details json,
       PRIMARY KEY (account_id, import_id, record_index),
       UNIQUE (account_id, place, species)
     );
     CREATE TABLE places (
       account_id bigint NOT NULL, name text NOT NULL, species_count bigint NOT NULL,
       PRIMARY KEY (account_id, name)
     )`,
  );
}
