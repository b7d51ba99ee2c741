-- What there is to say about a list. Administrators make lists; the time is not known of those that are there.
ALTER TABLE sending_lists
  ADD COLUMN brand_name    text CHECK (char_length(brand_name) BETWEEN 1 AND 255),
  ADD COLUMN list_name     text CHECK (char_length(list_name) BETWEEN 1 AND 255),
  ADD COLUMN list_type     text CHECK (char_length(list_type) BETWEEN 1 AND 64),
  ADD COLUMN status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  ADD COLUMN created_at    timestamptz,
  -- How many contacts are on the list. Triggers keep it: to count them takes longer the more there are.
  ADD COLUMN contact_count bigint NOT NULL DEFAULT 0 CHECK (contact_count >= 0);
ALTER TABLE sending_lists ALTER COLUMN created_at SET DEFAULT now();

-- A constraint is checked whenever a row changes, so the count of a list whose number is older than the constraint could
-- not change. A trigger checks new numbers only.
ALTER TABLE sending_lists DROP CONSTRAINT sending_lists_list_number_check;

CREATE FUNCTION check_list_number() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE check_violation USING
    MESSAGE = 'new row for relation "sending_lists" violates check constraint "sending_lists_list_number_check"',
    CONSTRAINT = 'sending_lists_list_number_check', TABLE = 'sending_lists';
END
$$;

CREATE TRIGGER sending_lists_list_number_check BEFORE INSERT OR UPDATE OF list_number ON sending_lists
  FOR EACH ROW WHEN (NOT (NEW.list_number ~ '^(\+[0-9]{7,15}|[0-9]{4,8})$')) EXECUTE FUNCTION check_list_number();

-- Nobody may add a contact between the count and the triggers.
LOCK TABLE list_contacts IN SHARE ROW EXCLUSIVE MODE;
UPDATE sending_lists AS list
SET contact_count = counted.contact_count
FROM (
  SELECT account_id, sending_list_id, count(*) AS contact_count
  FROM list_contacts
  GROUP BY account_id, sending_list_id
) AS counted
WHERE list.account_id = counted.account_id AND list.id = counted.sending_list_id;

-- Once for each statement that adds or removes list contacts, so that those who only change them pay nothing. Those who add
-- contacts of an account have its turn, so nobody waits for the row of a list.
CREATE FUNCTION count_list_contacts() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sending_lists AS list
  SET contact_count = list.contact_count + CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END * changed.contact_count
  FROM (
    SELECT account_id, sending_list_id, count(*) AS contact_count
    FROM changed_contacts
    GROUP BY account_id, sending_list_id
  ) AS changed
  WHERE list.account_id = changed.account_id AND list.id = changed.sending_list_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER list_contacts_added AFTER INSERT ON list_contacts
  REFERENCING NEW TABLE AS changed_contacts
  FOR EACH STATEMENT EXECUTE FUNCTION count_list_contacts();

CREATE TRIGGER list_contacts_removed AFTER DELETE ON list_contacts
  REFERENCING OLD TABLE AS changed_contacts
  FOR EACH STATEMENT EXECUTE FUNCTION count_list_contacts();
