-- The key under which a client may send a request again, and the hash of the body that it was first sent with.
ALTER TABLE imports
  ADD COLUMN idempotency_key text CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
  ADD COLUMN request_hash    bytea CHECK (octet_length(request_hash) = 32),
  ADD CONSTRAINT imports_key_with_hash CHECK (num_nulls(idempotency_key, request_hash) IN (0, 2)),
  ADD UNIQUE (account_id, kind, idempotency_key);

-- How often saving the chunk has failed for a reason that nobody foresaw.
ALTER TABLE import_chunks
  ADD COLUMN unexpected_failures integer NOT NULL DEFAULT 0 CHECK (unexpected_failures >= 0);

-- For the backlog of each account, which every accepted request asks for, and for the reconciler. It holds open chunks
-- alone, so it stays as small as the backlog is.
CREATE INDEX import_chunks_open_idx ON import_chunks (account_id, import_id, chunk_index) WHERE completed_at IS NULL;

-- What only one worker may do at a time. Its holder has it until it expires.
CREATE TABLE leases (
  name       text PRIMARY KEY,
  holder     uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
