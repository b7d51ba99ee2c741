import { createHash, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 32;
const SHOWN_CHARACTERS = 8;

export interface NewApiKey {
  /** Shown once, and not stored. */
  key: string;
  /** SHA-256 of the key. This is what the database stores. */
  hash: Uint8Array<ArrayBuffer>;
  /** The first characters of the key, to recognise it in a list. */
  prefix: string;
}

/** Creates an API key: `trk_` and 32 random alphanumerics, 190 bits. */
export function createApiKey(): NewApiKey {
  const random = Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]);
  const key = `trk_${random.join('')}`;
  return { key, hash: hashApiKey(key), prefix: key.slice(0, SHOWN_CHARACTERS) };
}

/** Hashes a key with SHA-256. The database stores only the hash. */
export function hashApiKey(key: string): Uint8Array<ArrayBuffer> {
  return createHash('sha256').update(key).digest();
}

/** Whether a text is a whole key, and not the prefix that `trackly keys list` shows. */
export function isWholeKey(text: string): boolean {
  return text.length > SHOWN_CHARACTERS;
}
