-- Offers come over HTTP. Each knows the import and the record that made it; null for those that were there before, of which
-- the time is not known either. The new columns need no new version of the rows. There is no index on import_id: an account
-- has few offers, and only undoing an import searches for its offers.
ALTER TABLE offers
  ADD COLUMN tracking_url      text CHECK (char_length(tracking_url) BETWEEN 1 AND 2048),
  ADD COLUMN external_platform text CHECK (external_platform IN ('tune', 'everflow')),
  ADD COLUMN payout            numeric(14, 4) NOT NULL DEFAULT 0 CHECK (payout >= 0),
  ADD COLUMN payout_type       text NOT NULL DEFAULT 'cpa' CHECK (payout_type IN ('cpa', 'cpc')),
  ADD COLUMN status            text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused')),
  ADD COLUMN created_at        timestamptz,
  ADD COLUMN import_id         uuid,
  ADD COLUMN record_index      integer;
ALTER TABLE offers ALTER COLUMN created_at SET DEFAULT now();

CREATE TABLE offers_chunk_records (
  account_id        bigint NOT NULL,
  import_id         uuid NOT NULL,
  chunk_index       integer NOT NULL,
  id                text[] NOT NULL,
  name              text[] NOT NULL,
  tracking_url      text[] NOT NULL,
  external_id       text[] NOT NULL,
  external_platform text[] NOT NULL,
  payout            numeric(14, 4)[] NOT NULL,
  payout_type       text[] NOT NULL,
  status            text[] NOT NULL,
  PRIMARY KEY (account_id, import_id, chunk_index),
  CONSTRAINT offers_chunk_records_same_length CHECK (
    cardinality(id) > 0
    AND cardinality(name) = cardinality(id)
    AND cardinality(tracking_url) = cardinality(id)
    AND cardinality(external_id) = cardinality(id)
    AND cardinality(external_platform) = cardinality(id)
    AND cardinality(payout) = cardinality(id)
    AND cardinality(payout_type) = cardinality(id)
    AND cardinality(status) = cardinality(id)
  )
);

-- To compress what is read once and then dropped costs more than it saves.
ALTER TABLE offers_chunk_records
  ALTER COLUMN id                SET STORAGE EXTERNAL,
  ALTER COLUMN name              SET STORAGE EXTERNAL,
  ALTER COLUMN tracking_url      SET STORAGE EXTERNAL,
  ALTER COLUMN external_id       SET STORAGE EXTERNAL,
  ALTER COLUMN external_platform SET STORAGE EXTERNAL,
  ALTER COLUMN payout            SET STORAGE EXTERNAL,
  ALTER COLUMN payout_type       SET STORAGE EXTERNAL,
  ALTER COLUMN status            SET STORAGE EXTERNAL;

-- Finds the offers that have one of the ids, or one of the external ids.
--
-- A function, because a statement does not see what is committed while it waits for the account's turn, but a volatile
-- function that it calls does. Its plan is kept from when the table was empty, so it must not depend on the table's size.
CREATE FUNCTION find_offers(wanted_account bigint, wanted_ids text[], wanted_external_ids text[])
RETURNS SETOF offers
LANGUAGE plpgsql VOLATILE ROWS 1000
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
BEGIN
  RETURN QUERY
    SELECT offers.*
    FROM unnest(wanted_ids) AS wanted (id)
    JOIN offers ON offers.account_id = wanted_account AND offers.public_id = wanted.id
    UNION
    SELECT offers.*
    FROM unnest(wanted_external_ids) AS wanted (id)
    JOIN offers ON offers.account_id = wanted_account AND offers.external_id = wanted.id;
END
$$;
