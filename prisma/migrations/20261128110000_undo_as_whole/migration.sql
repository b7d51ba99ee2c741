-- An import whose rows others refer to is undone as a whole or not at all.
ALTER TABLE undo_chunks
  ADD COLUMN is_whole      boolean NOT NULL DEFAULT false,
  -- From this time on, nobody refers to rows of the import any more, as if they were not there.
  ADD COLUMN leaving_since timestamptz,
  -- The transactions that may have looked for rows before that.
  ADD COLUMN waits_for     text[],
  -- Why nothing is undone: what refers to rows of the import, as numbers by name. Null: nothing does, or is known.
  ADD COLUMN in_use        json,
  ADD CONSTRAINT undo_chunks_whole CHECK (is_whole OR num_nulls(leaving_since, waits_for, in_use) = 3),
  ADD CONSTRAINT undo_chunks_refused CHECK (in_use IS NULL OR completed_at IS NOT NULL);
