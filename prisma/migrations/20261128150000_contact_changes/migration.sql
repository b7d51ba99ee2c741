-- changed_import_ids: the imports of contacts that have changed a list contact which another has made. With only the latest
-- of them, the changes of the others got lost when that one and the maker were undone.
ALTER TABLE list_contacts RENAME COLUMN changed_import_id TO changed_import_ids;
ALTER TABLE list_contacts
  ALTER COLUMN changed_import_ids TYPE uuid[]
  USING CASE WHEN changed_import_ids IS NOT NULL THEN ARRAY[changed_import_ids] END;
