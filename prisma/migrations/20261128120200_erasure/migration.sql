-- A contact without a number is a person that was erased: what is left are the sums of the revenue.
ALTER TABLE contacts ALTER COLUMN phone_number DROP NOT NULL;
