ALTER TABLE offers
  VALIDATE CONSTRAINT offers_public_id_check,
  VALIDATE CONSTRAINT offers_external_id_check;

ALTER TABLE messages VALIDATE CONSTRAINT messages_public_id_check;
