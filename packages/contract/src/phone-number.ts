/** A phone number in international form: + and 7 to 15 digits (E.164, https://www.itu.int/rec/T-REC-E.164). */
export const PHONE_NUMBER_PATTERN = String.raw`^\+[0-9]{7,15}$`;

/** The number of a list: a phone number, or a short code of 4 to 8 digits. */
export const LIST_NUMBER_PATTERN = String.raw`^(\+[0-9]{7,15}|[0-9]{4,8})$`;
