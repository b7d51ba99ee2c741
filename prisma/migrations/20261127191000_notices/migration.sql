-- What a dry run has noticed about the records that it would save: the number of records, by the name of the notice.
ALTER TABLE import_chunks ADD COLUMN notices json;
