-- The records of an open chunk of contacts.
CREATE TABLE contacts_chunk_records (
  account_id    bigint NOT NULL,
  import_id     uuid NOT NULL,
  chunk_index   integer NOT NULL,
  phone_number  text[] NOT NULL,
  list_number   text[] NOT NULL,
  signup_date   timestamptz[] NOT NULL,
  ip_address    text[] NOT NULL,
  url           text[] NOT NULL,
  custom_fields json[] NOT NULL,
  use_journeys  boolean[] NOT NULL,
  PRIMARY KEY (account_id, import_id, chunk_index),
  CONSTRAINT contacts_chunk_records_same_length CHECK (
    cardinality(phone_number) > 0
    AND cardinality(list_number) = cardinality(phone_number)
    AND cardinality(signup_date) = cardinality(phone_number)
    AND cardinality(ip_address) = cardinality(phone_number)
    AND cardinality(url) = cardinality(phone_number)
    AND cardinality(custom_fields) = cardinality(phone_number)
    AND cardinality(use_journeys) = cardinality(phone_number)
  )
);

-- To compress what is read once and then dropped costs more than it saves.
ALTER TABLE contacts_chunk_records
  ALTER COLUMN phone_number  SET STORAGE EXTERNAL,
  ALTER COLUMN list_number   SET STORAGE EXTERNAL,
  ALTER COLUMN signup_date   SET STORAGE EXTERNAL,
  ALTER COLUMN ip_address    SET STORAGE EXTERNAL,
  ALTER COLUMN url           SET STORAGE EXTERNAL,
  ALTER COLUMN custom_fields SET STORAGE EXTERNAL,
  ALTER COLUMN use_journeys  SET STORAGE EXTERNAL;

-- Finds contacts by phone number and list, in the order in which they are wanted: what is there of each, or nulls.
--
-- A function, because a statement does not see what is committed while it waits for a lock, but a volatile function that it
-- calls does. The caller takes the account's turn first. Its plan may stay in use from when the tables are empty, so it must
-- not depend on their size.
CREATE FUNCTION find_list_contacts(wanted_account bigint, wanted_numbers text[], wanted_lists bigint[])
RETURNS TABLE (
  place bigint, has_contact boolean, is_on_list boolean, contact_id bigint, list_contact_id bigint, import_id uuid,
  signup_date timestamptz, custom_fields jsonb, ip_address text, url text
)
LANGUAGE sql VOLATILE ROWS 1000
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
  SELECT
    wanted.place, contact.id IS NOT NULL, member.id IS NOT NULL, contact.id, member.id, member.import_id,
    member.signup_date, details.custom_fields, details.ip_address, details.url
  FROM unnest(wanted_numbers, wanted_lists) WITH ORDINALITY AS wanted (phone_number, sending_list_id, place)
  LEFT JOIN contacts AS contact
    ON contact.account_id = wanted_account AND contact.phone_number = wanted.phone_number
  LEFT JOIN list_contacts AS member
    ON member.account_id = wanted_account
    AND member.contact_id = contact.id
    AND member.sending_list_id = wanted.sending_list_id
  LEFT JOIN list_contact_details AS details
    ON details.account_id = wanted_account AND details.list_contact_id = member.id
$$;

-- The bytes of JSON without white space. PostgreSQL writes a space after each comma and colon.
CREATE FUNCTION compact_json_bytes(value jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (octet_length(value::text) - coalesce(sum(
    CASE jsonb_typeof(part)
      WHEN 'array' THEN greatest(jsonb_array_length(part) - 1, 0)
      WHEN 'object' THEN greatest(2 * (SELECT count(*) FROM jsonb_object_keys(part)) - 1, 0)
      ELSE 0
    END
  ), 0))::bigint
  FROM jsonb_path_query(value, 'strict $.**') AS part
$$;

-- Merges objects into another, key by key and in order. One with which the result would have more bytes than it may is left
-- out: `fits` is false for it. A null fits, and changes nothing.
CREATE FUNCTION merge_custom_fields(present jsonb, given jsonb[], most integer, OUT merged jsonb, OUT fits boolean[])
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  each_given jsonb;
  candidate jsonb;
BEGIN
  merged := coalesce(present, '{}');
  fits := '{}';
  FOREACH each_given IN ARRAY given LOOP
    candidate := merged || coalesce(each_given, '{}');
    -- Each way of counting alone would do. The first is fast, and finds nearly always that it fits.
    IF each_given IS NULL OR octet_length(candidate::text) <= most OR compact_json_bytes(candidate) <= most THEN
      merged := candidate;
      fits := fits || true;
    ELSE
      fits := fits || false;
    END IF;
  END LOOP;
END
$$;
