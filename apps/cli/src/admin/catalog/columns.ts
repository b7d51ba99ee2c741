/** The columns that the catalog files must have. */
export const messageColumns = ['message_id', 'list_number', 'phone_number', 'sent_at'];
export const offerColumns = ['offer_id', 'name', 'external_id'];

/** A column whose cells may be empty, or missing at the end of a row. */
export const OPTIONAL_COLUMN = 'external_id';
