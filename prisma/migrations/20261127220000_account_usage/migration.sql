-- What each account takes in the database, estimated, so that the API can refuse an import that would take too much. The
-- statements that write keep it exact. Open chunks are not in it until they are completed.
--
-- Processes of the version before still work, but do not count what they write.

-- The fill factor leaves room for new versions of a row on its page: each completed chunk makes one.
CREATE TABLE account_usage (
  account_id   bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  kept_bytes   bigint NOT NULL,
  stored_bytes bigint NOT NULL
) WITH (fillfactor = 50);

-- Before other tables are locked, because this reads all contacts.
INSERT INTO account_usage (account_id, kept_bytes, stored_bytes)
SELECT account_id, 0, sum(conversion_count) * 180
FROM list_contacts
WHERE conversion_count > 0
GROUP BY account_id;

-- What kept records take, what an import takes besides its chunks, rows and fingerprints, what its fingerprints take, and
-- how many bytes of each record on average its workers may keep if they reject it. The rows that are there get the
-- defaults at once.
ALTER TABLE imports
  ADD COLUMN kept_bytes integer NOT NULL DEFAULT 0,
  ADD COLUMN stored_bytes integer NOT NULL DEFAULT 600,
  ADD COLUMN fingerprint_bytes integer NOT NULL DEFAULT 0,
  ADD COLUMN record_budget integer NOT NULL DEFAULT 1024,
  ADD COLUMN notices json;
ALTER TABLE imports
  ALTER COLUMN stored_bytes SET DEFAULT 0;

-- The same of a completed chunk.
ALTER TABLE import_chunks
  ADD COLUMN kept_bytes integer NOT NULL DEFAULT 0,
  ADD COLUMN stored_bytes integer NOT NULL DEFAULT 400;
ALTER TABLE import_chunks
  ALTER COLUMN stored_bytes SET DEFAULT 0;

-- Those that have kept much. Their columns are not read: their sizes are known without.
UPDATE imports
SET
  kept_bytes = pg_column_size(rejected_records),
  stored_bytes = 600 + pg_column_size(rejected) + pg_column_size(rejected_records)
WHERE pg_column_size(rejected_records) + pg_column_size(rejected) > 200;
UPDATE import_chunks
SET
  kept_bytes = pg_column_size(rejected_records),
  stored_bytes = 400 + pg_column_size(errors) + pg_column_size(rejected_records)
WHERE completed_at IS NOT NULL AND pg_column_size(rejected_records) + pg_column_size(errors) > 200;

INSERT INTO account_usage AS usage (account_id, kept_bytes, stored_bytes)
SELECT account_id, sum(kept_bytes), sum(stored_bytes)
FROM (
  SELECT account_id, kept_bytes, stored_bytes FROM import_chunks WHERE completed_at IS NOT NULL
  UNION ALL
  SELECT account_id, kept_bytes, stored_bytes
  FROM imports
  WHERE NOT EXISTS (
    SELECT FROM import_chunks AS chunk
    WHERE chunk.account_id = imports.account_id
      AND chunk.import_id = imports.id
      AND chunk.chunk_index = 0
      AND chunk.completed_at IS NULL
  )
  UNION ALL
  SELECT account_id, 0, 240 + octet_length(import_name) FROM import_fingerprints
  UNION ALL
  SELECT account_id, 0, 260 FROM undo_chunks
) AS stored
GROUP BY account_id
ON CONFLICT (account_id) DO UPDATE SET
  kept_bytes = usage.kept_bytes + excluded.kept_bytes,
  stored_bytes = usage.stored_bytes + excluded.stored_bytes;

-- Dry runs are removed earlier than other imports.
CREATE INDEX imports_dry_runs_idx ON imports (account_id, id) WHERE is_dry_run;
