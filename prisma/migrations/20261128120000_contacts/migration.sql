-- Contacts come over HTTP. Each list contact knows when and how it signed up, and it and its contact know the import and
-- the record that made them; null for those that were there before, or that an administrator has added. The new columns
-- need no new version of the rows.
ALTER TABLE contacts
  ADD COLUMN import_id    uuid,
  ADD COLUMN record_index integer;

-- changed_import_id: the latest import of contacts that has changed a list contact which another has made.
ALTER TABLE list_contacts
  ADD COLUMN signup_date       timestamptz,
  ADD COLUMN record_index      integer,
  ADD COLUMN active            boolean NOT NULL DEFAULT true,
  ADD COLUMN import_id         uuid,
  ADD COLUMN changed_import_id uuid,
  ADD COLUMN signup_method     text;

-- A table of its own, because each new version of a row is a copy, and stats change with every record of revenue.
-- There is a row only for a list contact that has something of this. No foreign key: the statements that remove list
-- contacts remove these rows, too.
CREATE TABLE list_contact_details (
  account_id      bigint NOT NULL,
  list_contact_id bigint NOT NULL,
  custom_fields   jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  ip_address      text,
  url             text,
  PRIMARY KEY (account_id, list_contact_id)
);

-- The same key with the contact before the list, because undoing, erasing and `GET /contacts?phone_number=` look for all
-- list contacts of a contact. Those of a list are found in the next index.
CREATE UNIQUE INDEX list_contacts_account_id_contact_id_sending_list_id_key
  ON list_contacts (account_id, contact_id, sending_list_id);
ALTER TABLE list_contacts DROP CONSTRAINT list_contacts_account_id_sending_list_id_contact_id_key;

-- For `GET /contacts`, newest sign-up first: of a list, and of all lists. Stats are in no index, so that a change of them
-- stays out of all of these.
CREATE INDEX list_contacts_newest_of_list_idx
  ON list_contacts (account_id, sending_list_id, active, signup_date DESC NULLS LAST, id DESC);
CREATE INDEX list_contacts_newest_idx
  ON list_contacts (account_id, active, signup_date DESC NULLS LAST, id DESC);

-- For the undo of an import: the list contacts that it has made. Rows are appended in the order of the imports, so a few
-- bytes for each part of the table are enough to find them.
CREATE INDEX list_contacts_import_idx
  ON list_contacts USING brin (account_id int8_minmax_multi_ops, import_id uuid_minmax_multi_ops)
  WITH (pages_per_range = 32, autosummarize = on);
