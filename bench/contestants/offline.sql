-- What a database expert writes for one night: with psql, in a maintenance window, all or nothing. The file holds no
-- record that the columns below would not take.
\set ON_ERROR_STOP on
SET work_mem = '512MB';
SET temp_buffers = '512MB';

BEGIN;

CREATE TEMP TABLE staging (
  message_id       text,
  offer_id         text,
  revenue          numeric(14, 4),
  payout           numeric(14, 4),
  attribution_type text,
  occurred_at      timestamptz
) ON COMMIT DROP;

\copy staging FROM PSTDIN (FORMAT csv)

ANALYZE staging;

INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
SELECT :account, :'import', 'revenue', 'offline', count(*), '[]' FROM staging;

-- An offer's own id goes before another offer's external id.
WITH offer AS (
  SELECT DISTINCT ON (ref) ref, id
  FROM (
    SELECT public_id AS ref, id, 1 AS precedence FROM offers WHERE account_id = :account
    UNION ALL
    SELECT external_id, id, 2 FROM offers WHERE account_id = :account AND external_id IS NOT NULL
  ) AS candidate
  ORDER BY ref, precedence, id
)
INSERT INTO revenue_records (
  account_id, import_id, record_index, message_id, offer_id, list_contact_id,
  revenue, payout, attribution_type, occurred_at
)
SELECT
  :account, :'import', row_number() OVER () - 1, message.id, offer.id, contact.id,
  staging.revenue, staging.payout, coalesce(staging.attribution_type, 'sale'), coalesce(staging.occurred_at, now())
FROM staging
JOIN messages AS message ON message.account_id = :account AND message.public_id = staging.message_id
JOIN offer ON offer.ref = staging.offer_id
JOIN list_contacts AS contact ON contact.account_id = :account AND contact.id = message.list_contact_id;

-- Else the UPDATE is planned for the few rows that were there before.
ANALYZE revenue_records (list_contact_id);

UPDATE list_contacts
SET
  revenue_total = list_contacts.revenue_total + stats.revenue,
  conversion_count = list_contacts.conversion_count + stats.conversions,
  last_revenue_at = greatest(list_contacts.last_revenue_at, stats.last_at)
FROM (
  SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
  FROM revenue_records
  WHERE account_id = :account AND import_id = :'import'
  GROUP BY list_contact_id
) AS stats
WHERE list_contacts.account_id = :account AND list_contacts.id = stats.list_contact_id;

COMMIT;
