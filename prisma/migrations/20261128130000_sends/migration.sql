-- Messages come over HTTP. Each knows whether it was imported, and the import and the record that made it, null for those
-- that were there before, or are sent by other means. The text of a message is not stored. The columns are in an order
-- without gaps, and need no new version of the rows.
ALTER TABLE messages
  ADD COLUMN length       integer,
  ADD COLUMN record_index integer,
  ADD COLUMN import_id    uuid,
  ADD COLUMN imported     boolean NOT NULL DEFAULT false,
  ADD COLUMN delivered    boolean,
  ADD COLUMN send_type    text;

-- NOT VALID: the columns are new and empty, and the table would be read for nothing.
ALTER TABLE messages
  ADD CONSTRAINT messages_length_check CHECK (length >= 0) NOT VALID,
  ADD CONSTRAINT messages_send_type_check CHECK (char_length(send_type) BETWEEN 1 AND 64) NOT VALID;

-- For the undo of an import: its messages. Rows are appended in the order of the imports, so a few bytes for each part of
-- the table are enough to find them, and saving a message costs nothing.
CREATE INDEX messages_import_idx
  ON messages USING brin (account_id int8_minmax_multi_ops, import_id uuid_minmax_multi_ops)
  WITH (pages_per_range = 32, autosummarize = on);

-- The stats of sends. Every message counts, imported or not.
ALTER TABLE list_contacts
  ADD COLUMN send_count   integer NOT NULL DEFAULT 0,
  ADD COLUMN last_sent_at timestamptz;
ALTER TABLE list_contacts
  ADD CONSTRAINT list_contacts_send_count_check CHECK (send_count >= 0) NOT VALID;

-- Nobody can add a message meanwhile: the changes above have locked both tables. One pass over each table, and one new
-- version of each contact that has messages.
SET LOCAL work_mem = '256MB';
UPDATE list_contacts
SET send_count = sent.send_count, last_sent_at = sent.last_at
FROM (
  SELECT account_id, list_contact_id, count(*) AS send_count, max(sent_at) AS last_at
  FROM messages
  GROUP BY account_id, list_contact_id
) AS sent
WHERE list_contacts.account_id = sent.account_id AND list_contacts.id = sent.list_contact_id;
SET LOCAL work_mem TO DEFAULT;

CREATE TABLE sends_chunk_records (
  account_id  bigint NOT NULL,
  import_id   uuid NOT NULL,
  chunk_index integer NOT NULL,
  id          text[] NOT NULL,
  list_number text[] NOT NULL,
  list_id     bigint[] NOT NULL,
  to_number   text[] NOT NULL,
  send_type   text[] NOT NULL,
  delivered   boolean[] NOT NULL,
  length      bigint[] NOT NULL,
  "timestamp" timestamptz[] NOT NULL,
  PRIMARY KEY (account_id, import_id, chunk_index),
  CONSTRAINT sends_chunk_records_same_length CHECK (
    cardinality(id) > 0
    AND cardinality(list_number) = cardinality(id)
    AND cardinality(list_id) = cardinality(id)
    AND cardinality(to_number) = cardinality(id)
    AND cardinality(send_type) = cardinality(id)
    AND cardinality(delivered) = cardinality(id)
    AND cardinality(length) = cardinality(id)
    AND cardinality("timestamp") = cardinality(id)
  )
);

-- To compress what is read once and then dropped costs more than it saves.
ALTER TABLE sends_chunk_records
  ALTER COLUMN id          SET STORAGE EXTERNAL,
  ALTER COLUMN list_number SET STORAGE EXTERNAL,
  ALTER COLUMN list_id     SET STORAGE EXTERNAL,
  ALTER COLUMN to_number   SET STORAGE EXTERNAL,
  ALTER COLUMN send_type   SET STORAGE EXTERNAL,
  ALTER COLUMN delivered   SET STORAGE EXTERNAL,
  ALTER COLUMN length      SET STORAGE EXTERNAL,
  ALTER COLUMN "timestamp" SET STORAGE EXTERNAL;

-- Finds, for records that are to be saved, the message with the same id, what is known of it, and the contact with the
-- same number.
--
-- A function, because a statement does not see what is committed while it waits for the account's turn, but a volatile
-- function that it calls does. Its plan is kept from when the tables were empty, so it must not depend on their size.
CREATE FUNCTION find_sent_before(
  wanted_account bigint, wanted_indexes integer[], wanted_ids text[], wanted_numbers text[]
)
RETURNS TABLE (
  record_index integer, contact_id bigint, message_id bigint, sending_list_id bigint, phone_number text,
  sent_at timestamptz, send_type text, delivered boolean, length integer
)
LANGUAGE plpgsql VOLATILE ROWS 1000
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT
      wanted.record_index, contact.id, message.id, recipient.sending_list_id, recipient_contact.phone_number,
      message.sent_at, message.send_type, message.delivered, message.length
    FROM unnest(wanted_indexes, wanted_ids, wanted_numbers) AS wanted (record_index, id, phone_number)
    LEFT JOIN contacts AS contact
      ON contact.account_id = wanted_account AND contact.phone_number = wanted.phone_number
    LEFT JOIN messages AS message
      ON message.account_id = wanted_account AND message.public_id = wanted.id
    LEFT JOIN list_contacts AS recipient
      ON recipient.account_id = wanted_account AND recipient.id = message.list_contact_id
    LEFT JOIN contacts AS recipient_contact
      ON recipient_contact.account_id = wanted_account AND recipient_contact.id = recipient.contact_id;
END
$$;
