/** The columns that the catalog files must have. */
export const messageColumns = ['message_id', 'list_number', 'phone_number', 'sent_at'];
export const offerColumns = ['offer_id', 'name', 'external_id'];

/** A row may end before it. */
export const LAST_OPTIONAL = 'external_id';
