-- What was imported under which name, kept for good: an import is removed after the retention time, and the same rows must
-- not count again after it. So there is no foreign key. Each import has rows of its own, so that the undo of one does not
-- forget what another has imported.
CREATE TABLE import_fingerprints (
  account_id  bigint NOT NULL,
  kind        text NOT NULL,
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 16),
  import_id   uuid NOT NULL,
  import_name text NOT NULL CHECK (char_length(import_name) BETWEEN 1 AND 200),
  PRIMARY KEY (account_id, kind, fingerprint, import_id)
);

-- For the undo and the removal of an import.
CREATE INDEX import_fingerprints_account_id_import_id_idx ON import_fingerprints (account_id, import_id);

-- Finds an import that has brought one of the fingerprints before: under another name or, if the service does not have it
-- any more, under any name. An import that has saved nothing does not count.
--
-- A function, because a statement does not see what is committed while it waits for a lock, but a volatile function that it
-- calls does. The caller takes the account's lock first: of two imports that bring the same at once, the second finds the
-- first.
CREATE FUNCTION find_earlier_import(wanted_account bigint, wanted_kind text, wanted_fingerprints bytea[], own_name text)
RETURNS TABLE (import_name text, import_id uuid)
LANGUAGE sql VOLATILE AS $$
  SELECT earlier.import_name, earlier.import_id
  FROM unnest(wanted_fingerprints) AS wanted (fingerprint)
  -- The limit bounds the search if many imports have brought the same.
  CROSS JOIN LATERAL (
    SELECT known.import_name, known.import_id
    FROM import_fingerprints AS known
    WHERE known.account_id = wanted_account
      AND known.kind = wanted_kind
      AND known.fingerprint = wanted.fingerprint
    ORDER BY known.import_id DESC
    LIMIT 100
  ) AS earlier
  LEFT JOIN imports ON imports.account_id = wanted_account AND imports.id = earlier.import_id
  WHERE imports.id IS NULL
    OR (
      earlier.import_name <> own_name
      AND EXISTS (
        SELECT FROM import_chunks AS chunk
        WHERE chunk.account_id = wanted_account
          AND chunk.import_id = earlier.import_id
          AND (chunk.completed_at IS NULL OR chunk.success_count > 0)
      )
    )
  ORDER BY earlier.import_id
  LIMIT 1
$$;
