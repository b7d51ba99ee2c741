-- An open chunk held its records as JSON, which had to be checked on the way in and taken apart on the way out. Now it
-- holds an array for each field, in the order of the records, which PostgreSQL reads once and has at hand after that.
ALTER TABLE import_chunks
  ADD COLUMN record_indexes    integer[],
  ADD COLUMN message_refs      text[],
  ADD COLUMN offer_refs        text[],
  ADD COLUMN revenues          numeric(14, 4)[],
  ADD COLUMN payouts           numeric(14, 4)[],
  ADD COLUMN attribution_types text[],
  ADD COLUMN occurred_ats      timestamptz[];

-- To compress what is read once and then dropped costs more than it saves.
ALTER TABLE import_chunks
  ALTER COLUMN record_indexes    SET STORAGE EXTERNAL,
  ALTER COLUMN message_refs      SET STORAGE EXTERNAL,
  ALTER COLUMN offer_refs        SET STORAGE EXTERNAL,
  ALTER COLUMN revenues          SET STORAGE EXTERNAL,
  ALTER COLUMN payouts           SET STORAGE EXTERNAL,
  ALTER COLUMN attribution_types SET STORAGE EXTERNAL,
  ALTER COLUMN occurred_ats      SET STORAGE EXTERNAL;

ALTER TABLE import_chunks DROP CONSTRAINT import_chunks_open_or_completed;

UPDATE import_chunks
SET
  record_indexes    = field.record_indexes,
  message_refs      = field.message_refs,
  offer_refs        = field.offer_refs,
  revenues          = field.revenues,
  payouts           = field.payouts,
  attribution_types = field.attribution_types,
  occurred_ats      = field.occurred_ats
FROM (
  SELECT
    chunk.account_id,
    chunk.import_id,
    chunk.chunk_index,
    array_agg(record.record_index ORDER BY record_index)     AS record_indexes,
    array_agg(record.message_id ORDER BY record_index)       AS message_refs,
    array_agg(record.offer_id ORDER BY record_index)         AS offer_refs,
    array_agg(record.revenue ORDER BY record_index)          AS revenues,
    array_agg(record.payout ORDER BY record_index)           AS payouts,
    array_agg(record.attribution_type ORDER BY record_index) AS attribution_types,
    array_agg(record.occurred_at ORDER BY record_index)      AS occurred_ats
  FROM import_chunks AS chunk, json_to_recordset(chunk.records) AS record (
    record_index integer,
    message_id text,
    offer_id text,
    revenue numeric(14, 4),
    payout numeric(14, 4),
    attribution_type text,
    occurred_at timestamptz
  )
  GROUP BY chunk.account_id, chunk.import_id, chunk.chunk_index
) AS field
WHERE import_chunks.account_id = field.account_id
  AND import_chunks.import_id = field.import_id
  AND import_chunks.chunk_index = field.chunk_index;

ALTER TABLE import_chunks
  DROP COLUMN records,
  ADD CONSTRAINT import_chunks_open_or_completed CHECK (
    CASE WHEN completed_at IS NULL
      THEN cardinality(record_indexes) IS NOT DISTINCT FROM record_count
        AND cardinality(message_refs) IS NOT DISTINCT FROM record_count
        AND cardinality(offer_refs) IS NOT DISTINCT FROM record_count
        AND cardinality(revenues) IS NOT DISTINCT FROM record_count
        AND cardinality(payouts) IS NOT DISTINCT FROM record_count
        AND cardinality(attribution_types) IS NOT DISTINCT FROM record_count
        AND cardinality(occurred_ats) IS NOT DISTINCT FROM record_count
        AND num_nulls(success_count, revenue_total, errors) = 3
      ELSE num_nonnulls(
          record_indexes, message_refs, offer_refs, revenues, payouts, attribution_types, occurred_ats
        ) = 0
        AND num_nulls(success_count, revenue_total, errors) = 0
    END
  );
