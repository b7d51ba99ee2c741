-- What there is to say about records that are not rejected: [{index, code, fields}], by index. Null: nothing.
ALTER TABLE import_chunks ADD COLUMN warnings json;
