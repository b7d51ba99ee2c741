import { kindSpecs, MAX_CUSTOM_FIELDS_BYTES, type ChunkRef } from '@trackly/contract';

import { Prisma } from '../../generated/client.ts';
import type { Statements } from '../../transaction.ts';
import { saveChunk, type SavedChunk } from '../save.ts';
import { accountTurn } from '../take-turn.ts';
import { changedBy } from './makers.ts';
import { CONTACT_BYTES, detailsBytes, LIST_CONTACT_BYTES } from './stored-bytes.ts';

const bytesBefore = detailsBytes({ customFields: 'custom_fields', ipAddress: 'ip_address', url: 'url' });
const bytesAfter = detailsBytes({ customFields: 'merged', ipAddress: 'new_ip_address', url: 'new_url' });

/**
 * Saves one chunk of contacts: adds those that are new to the account or to their list, and changes the others. Records of
 * one contact change it in the order of their indexes.
 *
 * Everything that depends on what is there is read in the account's turn, by a function that sees what is committed. The
 * rest of the statement does not see rows that were committed while it waited, but ON CONFLICT does: so all changes are
 * insertions. A contact that was removed meanwhile is made anew.
 */
export async function saveContactsChunk(
  db: Statements,
  chunk: ChunkRef,
  isTrial = false,
): Promise<SavedChunk | undefined> {
  const { accountId, importId } = chunk;
  const steps = Prisma.sql`
    list AS MATERIALIZED (
      SELECT list_number AS number, id
      FROM sending_lists
      WHERE account_id = ${accountId}::bigint AND list_number IN (SELECT list_number FROM sent)
    ),

    -- What is sent of each contact on a list, in order.
    given AS MATERIALIZED (
      SELECT
        row_number() OVER () AS place,
        phone_number,
        list.id AS sending_list_id,
        array_agg(record_index ORDER BY record_index) AS record_indexes,
        array_agg(signup_date ORDER BY record_index) AS signup_dates,
        array_agg(ip_address ORDER BY record_index) AS ip_addresses,
        array_agg(url ORDER BY record_index) AS urls,
        array_agg(custom_fields::jsonb ORDER BY record_index) AS custom_fields
      FROM sent
      JOIN list ON list.number = sent.list_number
      GROUP BY phone_number, list.id
    ),

    wanted AS MATERIALIZED (
      SELECT
        array_agg(phone_number ORDER BY place) AS phone_numbers,
        array_agg(sending_list_id ORDER BY place) AS sending_list_ids
      FROM given
      HAVING count(*) > 0
    ),

    -- Held until the end of the transaction.
    turn AS MATERIALIZED (
      SELECT wanted.*, ${accountTurn(accountId)} FROM wanted
    ),

    -- It needs columns of the turn, and so begins after the wait.
    present AS MATERIALIZED (
      SELECT found.*
      FROM turn
      CROSS JOIN LATERAL find_list_contacts(
        ${accountId}::bigint, turn.phone_numbers, turn.sending_list_ids
      ) AS found
    ),

    -- The left join tells the planner how many rows to expect.
    merged AS MATERIALIZED (
      SELECT
        present.*,
        given.phone_number, given.sending_list_id, given.record_indexes, given.signup_dates, given.ip_addresses, given.urls,
        result.merged, result.fits
      FROM present
      LEFT JOIN given ON given.place = present.place
      CROSS JOIN LATERAL merge_custom_fields(
        present.custom_fields, given.custom_fields, ${MAX_CUSTOM_FIELDS_BYTES}::integer
      ) AS result
    ),

    -- Of each field, the last that is given counts.
    target AS MATERIALIZED (
      SELECT
        merged.*,
        latest.first_index,
        CASE
          WHEN is_on_list THEN coalesce(latest.signup_date, merged.signup_date)
          ELSE coalesce(latest.signup_date, chunk.accepted_at)
        END AS new_signup_date,
        coalesce(latest.ip_address, merged.ip_address) AS new_ip_address,
        coalesce(latest.url, merged.url) AS new_url
      FROM chunk, merged
      CROSS JOIN LATERAL (
        SELECT
          min(record_index) AS first_index,
          (array_agg(each.signup_date ORDER BY record_index DESC) FILTER (WHERE each.signup_date IS NOT NULL))[1]
            AS signup_date,
          (array_agg(each.ip_address ORDER BY record_index DESC) FILTER (WHERE each.ip_address IS NOT NULL))[1]
            AS ip_address,
          (array_agg(each.url ORDER BY record_index DESC) FILTER (WHERE each.url IS NOT NULL))[1] AS url
        FROM unnest(merged.record_indexes, merged.fits, merged.signup_dates, merged.ip_addresses, merged.urls)
          AS each (record_index, fits, signup_date, ip_address, url)
        WHERE each.fits
      ) AS latest
      WHERE true = ANY (merged.fits)
    ),

    changed AS MATERIALIZED (
      SELECT
        each.*,
        NOT is_on_list OR has_new_details OR new_signup_date IS DISTINCT FROM signup_date AS is_changed
      FROM (
        SELECT
          target.*,
          (coalesce(custom_fields, '{}'), ip_address, url) IS DISTINCT FROM (merged, new_ip_address, new_url)
            AS has_new_details
        FROM target
      ) AS each
    ),

    new_contact AS (
      INSERT INTO contacts (account_id, phone_number, import_id, record_index)
      SELECT ${accountId}::bigint, phone_number, ${importId}::uuid, min(first_index)
      FROM changed
      WHERE NOT has_contact
      GROUP BY phone_number
      ORDER BY min(first_index)
      ON CONFLICT (account_id, phone_number) DO UPDATE SET phone_number = excluded.phone_number
      -- A row that was there has been updated by this transaction, a new one by none.
      RETURNING id, phone_number, record_index, xmax = 0 AS is_new
    ),

    member AS (
      INSERT INTO list_contacts (
        account_id, sending_list_id, contact_id, signup_date, signup_method, import_id, record_index
      )
      SELECT
        ${accountId}::bigint, changed.sending_list_id, coalesce(changed.contact_id, new_contact.id),
        changed.new_signup_date, 'api', ${importId}::uuid, changed.first_index
      FROM changed
      LEFT JOIN new_contact ON NOT changed.has_contact AND new_contact.phone_number = changed.phone_number
      WHERE changed.is_changed
      ORDER BY changed.first_index
      ON CONFLICT (account_id, contact_id, sending_list_id) DO UPDATE SET
        signup_date = excluded.signup_date,
        changed_import_ids = ${changedBy(importId)}
      RETURNING id, record_index, xmax = 0 AS is_new
    ),

    details AS (
      INSERT INTO list_contact_details (account_id, list_contact_id, custom_fields, ip_address, url)
      SELECT
        ${accountId}::bigint, coalesce(changed.list_contact_id, member.id),
        changed.merged, changed.new_ip_address, changed.new_url
      FROM changed
      LEFT JOIN member ON NOT changed.is_on_list AND member.is_new AND member.record_index = changed.first_index
      WHERE changed.has_new_details
      ORDER BY changed.first_index
      ON CONFLICT (account_id, list_contact_id) DO UPDATE SET
        custom_fields = excluded.custom_fields,
        ip_address = excluded.ip_address,
        url = excluded.url
    ),

    too_large AS (
      SELECT each.record_index
      FROM merged, unnest(merged.record_indexes, merged.fits) AS each (record_index, fits)
      WHERE NOT each.fits
    ),

    -- The details of all contacts are counted with one of the records.
    details_bytes AS (
      SELECT min(first_index) AS record_index, sum(${Prisma.raw(bytesAfter)} - (${Prisma.raw(bytesBefore)})) AS bytes
      FROM changed
      WHERE has_new_details
    ),

    judged AS MATERIALIZED (
      SELECT
        sent.*,
        CASE
          WHEN list_number NOT IN (SELECT number FROM list) THEN 'list_not_found'
          WHEN record_index IN (SELECT record_index FROM too_large) THEN 'custom_fields_too_large'
        END AS error_code,
        false AS is_skipped,
        record_index IN (SELECT record_index FROM new_contact WHERE is_new) AS contacts_created,
        record_index IN (SELECT record_index FROM member WHERE is_new) AS list_contacts_created,
        record_index IN (
          SELECT first_index FROM changed
          WHERE is_on_list AND is_changed AND import_id IS DISTINCT FROM ${importId}::uuid
        ) AS list_contacts_updated,
        CASE WHEN record_index IN (SELECT record_index FROM new_contact WHERE is_new) THEN ${CONTACT_BYTES}::integer ELSE 0 END
          + CASE WHEN record_index IN (SELECT record_index FROM member WHERE is_new) THEN ${LIST_CONTACT_BYTES}::integer ELSE 0 END
          + CASE
            WHEN record_index = (SELECT record_index FROM details_bytes) THEN (SELECT bytes FROM details_bytes)
            ELSE 0
          END AS stored_bytes
      FROM sent
    )`;
  return saveChunk(db, kindSpecs.contacts, chunk, isTrial, steps);
}
