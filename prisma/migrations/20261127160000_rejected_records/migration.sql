-- A record that is not imported is rejected, by the checks or when it is saved: one word for both.
ALTER TABLE import_chunks RENAME COLUMN failed_records TO rejected_records;
