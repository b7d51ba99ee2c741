/**
 * The codes of rejected contacts, in the order in which the causes are checked. A contact gets the first that applies.
 */
export const contactErrors = {
  invalid_record: 'A contact must be an object with at most 100 fields.',
  payload_too_large: 'A contact may have at most 4,000 bytes of JSON without white space.',
  missing_phone_number: 'A contact is missing the phone_number field.',
  invalid_phone: 'phone_number must be + and 7 to 15 digits (+15551000001).',
  missing_list_number: 'A contact is missing the list_number field.',
  invalid_list_number: 'list_number must be + and 7 to 15 digits, or a short code of 4 to 8 digits.',
  invalid_signup_date:
    'signup_date must be an ISO 8601 date or date-time (2025-11-15T16:00:00Z) from 1970 to a day from now.',
  invalid_ip_address: 'ip_address must be an IPv4 or IPv6 address.',
  invalid_url: 'url must be a string of 1 to 2,048 characters, without NUL or unpaired surrogates.',
  invalid_custom_fields:
    'custom_fields must be an object of at most 4,000 bytes of JSON, nested at most 16 deep, whose numbers have at most ' +
    '15 digits and no exponent, without NUL and unpaired surrogates.',
  invalid_use_journeys: 'use_journeys must be true or false.',
  list_not_found: 'No list exists with the given list_number.',
  custom_fields_too_large: 'With these custom_fields, the contact would have more than 4,000 bytes of them.',
  save_error: 'An unexpected error occurred while saving the contact.',
} as const;
