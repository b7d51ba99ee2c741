-- A dry run is judged and never saved. An atomic import is saved as a whole or not at all. An import that is to be undone
-- stays in the ledger.
ALTER TABLE imports
  ADD COLUMN is_dry_run        boolean NOT NULL DEFAULT false,
  ADD COLUMN is_atomic         boolean NOT NULL DEFAULT false,
  ADD COLUMN undo_requested_at timestamptz,
  -- The records that the checks before the queue refused, as they were sent, in the order of "rejected": the JSON text of
  -- each. It can be nested deeper than PostgreSQL reads.
  ADD COLUMN rejected_records  text[] NOT NULL DEFAULT '{}';

-- The records of a completed chunk that were not saved, in the order of its errors.
ALTER TABLE import_chunks
  ADD COLUMN failed_records json;

-- The ledger of undoing: a chunk is a range of an import's records, whose revenue rows are removed together.
CREATE TABLE undo_chunks (
  account_id      bigint NOT NULL,
  import_id       uuid NOT NULL,
  chunk_index     integer NOT NULL CHECK (chunk_index >= 0),
  first_record    integer NOT NULL CHECK (first_record >= 0),
  last_record     integer NOT NULL,
  request_id      text NOT NULL,
  priority        integer NOT NULL CHECK (priority >= 0),
  completed_at    timestamptz,
  removed_count   integer,
  removed_revenue numeric(18, 4),
  PRIMARY KEY (account_id, import_id, chunk_index),
  FOREIGN KEY (account_id, import_id) REFERENCES imports (account_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT undo_chunks_range CHECK (first_record <= last_record),
  CONSTRAINT undo_chunks_open_or_completed CHECK (
    num_nulls(removed_count, removed_revenue) = CASE WHEN completed_at IS NULL THEN 2 ELSE 0 END
  )
);

-- For the backlog, and for the reconciler. It is empty unless something is being undone.
CREATE INDEX undo_chunks_open_idx ON undo_chunks (account_id, priority) WHERE completed_at IS NULL;

-- For the list of an account's undone imports.
CREATE INDEX imports_undo_requested_idx ON imports (account_id, id) WHERE undo_requested_at IS NOT NULL;
