/**
 * The codes of rejected records, in the order in which the causes are checked. A record gets the first that applies.
 */
export const sendRecordErrors = {
  invalid_record: 'A record must be an object with at most 100 fields.',
  missing_id: 'A record is missing the id field.',
  invalid_id: 'id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  missing_list_number: 'A record is missing the list_number or the list_id field.',
  invalid_list_number: 'list_number must be + and 7 to 15 digits, or a short code of 4 to 8 digits.',
  invalid_list_id: 'list_id must be the id of a list: an integer from 1.',
  missing_to_number: 'A record is missing the to_number field.',
  invalid_phone: 'to_number must be in E.164 form: + and 7 to 15 digits.',
  invalid_message: 'message must be a string of at most 10,000 characters, without NUL or unpaired surrogates.',
  invalid_send_type: 'send_type must be a string of 1 to 64 characters, without NUL or unpaired surrogates.',
  invalid_delivered: 'delivered must be true or false.',
  invalid_length: 'length must be an integer from 0 to 2147483647.',
  missing_timestamp: 'A record is missing the timestamp field.',
  invalid_timestamp:
    'timestamp must be an ISO 8601 date or date-time (2025-11-15T16:00:00Z) from 1970 to a day from now.',
  list_not_found: 'No list exists with the given list_number and list_id.',
  save_error: 'An unexpected error occurred while saving the record.',
} as const;
