-- NOT VALID: numbers that were loaded before in another form stay, and their contacts keep their revenue.
ALTER TABLE contacts
  ADD CONSTRAINT contacts_phone_number_check CHECK (phone_number ~ '^\+[0-9]{7,15}$') NOT VALID;

ALTER TABLE sending_lists
  ADD CONSTRAINT sending_lists_list_number_check CHECK (list_number ~ '^(\+[0-9]{7,15}|[0-9]{4,8})$') NOT VALID;
