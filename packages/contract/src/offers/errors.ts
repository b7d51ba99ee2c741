/** The codes of rejected offers, in the order in which the causes are checked. An offer gets the first that applies. */
export const offerErrors = {
  invalid_record: 'An offer must be an object with at most 100 fields.',
  invalid_id: 'id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  missing_name: 'An offer is missing the name field.',
  invalid_name: 'name must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  invalid_tracking_url: 'tracking_url must be an http or https URL of at most 2,048 characters, without white space.',
  invalid_external_id: 'external_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  invalid_external_platform: 'external_platform must be tune or everflow.',
  invalid_payout: 'payout must be a number or a plain decimal string ("5.00") from 0 to 9999999999.9999.',
  invalid_payout_type: 'payout_type must be cpa or cpc.',
  invalid_status: 'status must be active or paused.',
  save_error: 'An unexpected error occurred while saving the offer.',
} as const;
