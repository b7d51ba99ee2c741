-- What a database expert writes for one night: with psql, in a maintenance window, all or nothing. The account has lists,
-- and nothing else; the file holds no id twice.
\set ON_ERROR_STOP on
SET work_mem = '512MB';
SET temp_buffers = '512MB';

BEGIN;

CREATE TEMP TABLE staging (
  id          text,
  list_number text,
  to_number   text,
  send_type   text,
  delivered   boolean,
  length      integer,
  sent_at     timestamptz
) ON COMMIT DROP;

\copy staging FROM PSTDIN (FORMAT csv, HEADER)

ANALYZE staging;

INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
SELECT :account, :'import', 'sends', 'offline', count(*), '[]' FROM staging;

INSERT INTO contacts (account_id, phone_number, import_id)
SELECT DISTINCT :account::bigint, to_number, :'import'::uuid FROM staging
ON CONFLICT (account_id, phone_number) DO NOTHING;

ANALYZE contacts;

INSERT INTO list_contacts (
  account_id, sending_list_id, contact_id, signup_method, import_id, send_count, last_sent_at
)
SELECT :account, list.id, contact.id, 'import', :'import', count(*), max(staging.sent_at)
FROM staging
JOIN sending_lists AS list ON list.account_id = :account AND list.list_number = staging.list_number
JOIN contacts AS contact ON contact.account_id = :account AND contact.phone_number = staging.to_number
GROUP BY list.id, contact.id
ON CONFLICT (account_id, contact_id, sending_list_id) DO UPDATE SET
  send_count = list_contacts.send_count + excluded.send_count,
  last_sent_at = greatest(list_contacts.last_sent_at, excluded.last_sent_at);

ANALYZE list_contacts;

INSERT INTO messages (
  account_id, public_id, list_contact_id, sent_at, length, record_index, import_id, imported, delivered, send_type
)
SELECT
  :account, staging.id, recipient.id, staging.sent_at, staging.length, row_number() OVER () - 1, :'import', true,
  staging.delivered, staging.send_type
FROM staging
JOIN sending_lists AS list ON list.account_id = :account AND list.list_number = staging.list_number
JOIN contacts AS contact ON contact.account_id = :account AND contact.phone_number = staging.to_number
JOIN list_contacts AS recipient
  ON recipient.account_id = :account
  AND recipient.contact_id = contact.id
  AND recipient.sending_list_id = list.id;

COMMIT;
