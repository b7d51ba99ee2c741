-- The key under which a client may send a request again, and the hash of the body that it was first sent with.
ALTER TABLE imports
  ADD COLUMN idempotency_key text CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
  ADD COLUMN request_hash    bytea CHECK (octet_length(request_hash) = 32),
  ADD CONSTRAINT imports_key_with_hash CHECK (num_nulls(idempotency_key, request_hash) IN (0, 2)),
  ADD UNIQUE (account_id, kind, idempotency_key);

-- Its place in the queue: lower ones go first. And how often saving it has failed for a reason that nobody foresaw.
ALTER TABLE import_chunks
  ADD COLUMN priority            integer NOT NULL DEFAULT 0 CHECK (priority >= 0),
  ADD COLUMN unexpected_failures integer NOT NULL DEFAULT 0 CHECK (unexpected_failures >= 0);

-- For an account's last place in the queue, which every accepted request asks for, for the backlog of all accounts, and
-- for the reconciler. It holds open chunks alone, so it stays as small as the backlog is.
CREATE INDEX import_chunks_open_idx ON import_chunks (account_id, priority) WHERE completed_at IS NULL;

-- What only one worker may do at a time. Its holder has it until it expires.
CREATE TABLE leases (
  name       text PRIMARY KEY,
  holder     uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
