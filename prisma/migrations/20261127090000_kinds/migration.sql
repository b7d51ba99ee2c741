-- The ledger knew the fields of revenue, and could hold nothing else. Now each kind of import keeps the records of its
-- open chunks in a table of its own. What a completed chunk adds up, the ledger has by name. A kind may also skip records
-- that are there already.
-- From here on, no process of the version before can accept, split or complete a chunk: it would be lost.
ALTER TABLE import_chunks RENAME COLUMN message_refs TO message_id;

CREATE TABLE revenue_chunk_records (
  account_id       bigint NOT NULL,
  import_id        uuid NOT NULL,
  chunk_index      integer NOT NULL,
  message_id       text[] NOT NULL,
  offer_id         text[] NOT NULL,
  revenue          numeric(14, 4)[] NOT NULL,
  payout           numeric(14, 4)[] NOT NULL,
  attribution_type text[] NOT NULL,
  "timestamp"      timestamptz[] NOT NULL,
  PRIMARY KEY (account_id, import_id, chunk_index),
  CONSTRAINT revenue_chunk_records_same_length CHECK (
    cardinality(message_id) > 0
    AND cardinality(offer_id) = cardinality(message_id)
    AND cardinality(revenue) = cardinality(message_id)
    AND cardinality(payout) = cardinality(message_id)
    AND cardinality(attribution_type) = cardinality(message_id)
    AND cardinality("timestamp") = cardinality(message_id)
  )
);

-- To compress what is read once and then dropped costs more than it saves.
ALTER TABLE revenue_chunk_records
  ALTER COLUMN message_id       SET STORAGE EXTERNAL,
  ALTER COLUMN offer_id         SET STORAGE EXTERNAL,
  ALTER COLUMN revenue          SET STORAGE EXTERNAL,
  ALTER COLUMN payout           SET STORAGE EXTERNAL,
  ALTER COLUMN attribution_type SET STORAGE EXTERNAL,
  ALTER COLUMN "timestamp"      SET STORAGE EXTERNAL;

INSERT INTO revenue_chunk_records
SELECT
  account_id, import_id, chunk_index,
  message_id, offer_refs, revenues, payouts, attribution_types, occurred_ats
FROM import_chunks
WHERE completed_at IS NULL;

-- The table is written anew, once.
ALTER TABLE import_chunks DROP CONSTRAINT import_chunks_open_or_completed;
ALTER TABLE import_chunks
  DROP COLUMN message_id,
  DROP COLUMN offer_refs,
  DROP COLUMN revenues,
  DROP COLUMN payouts,
  DROP COLUMN attribution_types,
  DROP COLUMN occurred_ats,
  ADD COLUMN skipped_count integer DEFAULT 0,
  ALTER COLUMN revenue_total TYPE json
    USING CASE WHEN completed_at IS NOT NULL THEN json_build_object('revenue', revenue_total) END;
ALTER TABLE import_chunks RENAME COLUMN revenue_total TO totals;
UPDATE import_chunks SET skipped_count = NULL WHERE completed_at IS NULL;
ALTER TABLE import_chunks
  ALTER COLUMN skipped_count DROP DEFAULT,
  ADD CONSTRAINT import_chunks_open_or_completed CHECK (
    CASE WHEN completed_at IS NULL
      THEN cardinality(record_indexes) IS NOT DISTINCT FROM record_count
        AND num_nulls(success_count, skipped_count, totals, errors) = 4
      ELSE record_indexes IS NULL AND num_nulls(success_count, skipped_count, totals, errors) = 0
    END
  );

ALTER TABLE undo_chunks DROP CONSTRAINT undo_chunks_open_or_completed;
ALTER TABLE undo_chunks
  ALTER COLUMN removed_revenue TYPE json
    USING CASE WHEN completed_at IS NOT NULL THEN json_build_object('revenue', removed_revenue) END;
ALTER TABLE undo_chunks RENAME COLUMN removed_revenue TO removed_totals;
ALTER TABLE undo_chunks
  ADD CONSTRAINT undo_chunks_open_or_completed CHECK (
    num_nulls(removed_count, removed_totals) = CASE WHEN completed_at IS NULL THEN 2 ELSE 0 END
  );
