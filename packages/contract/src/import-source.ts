/** The percent-encoded name of what is imported: printable ASCII, without a % that encodes nothing. */
export const IMPORT_NAME_PATTERN = String.raw`^(?=.{1,200}$)(?:[\x20-\x24\x26-\x7e]|%[0-9A-Fa-f]{2})+$`;

/** 16 bytes as base64url. The last character encodes two bits. */
export const FINGERPRINT_PATTERN = '^[A-Za-z0-9_-]{21}[AQgw]$';

/** The fingerprints that a request may have. */
export const MAX_FINGERPRINTS = 200;
