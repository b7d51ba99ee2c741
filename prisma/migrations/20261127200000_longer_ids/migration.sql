-- Ids of clicks and orders of other platforms have up to 255 characters. NOT VALID: all rows fit already, because the
-- former limits were lower, and imports would wait while the tables are read.
ALTER TABLE offers
  DROP CONSTRAINT offers_public_id_check,
  DROP CONSTRAINT offers_external_id_check,
  ADD CONSTRAINT offers_public_id_check CHECK (char_length(public_id) BETWEEN 1 AND 255) NOT VALID,
  ADD CONSTRAINT offers_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 255) NOT VALID;

ALTER TABLE messages
  DROP CONSTRAINT messages_public_id_check,
  ADD CONSTRAINT messages_public_id_check CHECK (char_length(public_id) BETWEEN 1 AND 255) NOT VALID;
