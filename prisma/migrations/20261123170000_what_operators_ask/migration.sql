-- For finding what a request brought. A client may use one request id for all its requests: the last come first.
CREATE INDEX imports_request_id_id_idx ON imports (request_id, id);

-- For the records of the last seconds. It grows by one entry for each chunk, at its right end. Open chunks have an index
-- of their own: in this one, too, they would have the planner choose it for questions about them.
CREATE INDEX import_chunks_completed_idx ON import_chunks (completed_at) WHERE completed_at IS NOT NULL;

-- For the last records that could not be saved. Other chunks are not in it, and it is as small as that is rare.
CREATE INDEX import_chunks_given_up_idx ON import_chunks (completed_at)
  WHERE record_count = 1 AND success_count = 0 AND errors -> 0 ->> 'code' = 'save_error';
