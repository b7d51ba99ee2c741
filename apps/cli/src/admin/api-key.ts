import { createHash, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 32;
const SHOWN_CHARACTERS = 8;

export interface NewApiKey {
  /** To be shown once. */
  key: string;
  /** SHA-256 of the key: what is stored. */
  hash: Uint8Array<ArrayBuffer>;
  /** Enough of the key to tell it from others in a list. */
  prefix: string;
}

/** Makes an API key: `trk_` and 32 random alphanumerics, 190 bits. */
export function createApiKey(): NewApiKey {
  const random = Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]);
  const key = `trk_${random.join('')}`;
  return { key, hash: hashApiKey(key), prefix: key.slice(0, SHOWN_CHARACTERS) };
}

/** What is stored of a key. */
export function hashApiKey(key: string): Uint8Array<ArrayBuffer> {
  return createHash('sha256').update(key).digest();
}

/** Tells a key from the prefix that lists show of it. */
export function isWholeKey(text: string): boolean {
  return text.length > SHOWN_CHARACTERS;
}
