-- For reports on a day, a month or a year of an account's revenue. Rows of one account, and of times that are close, lie
-- close together, for a history comes account by account and more or less in order: so it is enough to know which accounts
-- and times a range of pages has. Several of each, because several imports are saved at the same time. A B-tree finds a
-- day faster, but costs every saved record a fourth of what its row costs, and more. This costs next to nothing.
CREATE INDEX revenue_records_time_idx ON revenue_records
  USING brin (account_id int8_minmax_multi_ops, occurred_at timestamptz_minmax_multi_ops)
  WITH (pages_per_range = 32, autosummarize = on);
