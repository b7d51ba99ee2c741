import { createHash } from 'node:crypto';

/** The number of records in a block. Blocks of varied records have about 1,000. */
const LEAST = 300;
const MOST = 2500;
/** One record of this many ends a block. */
const ONE_IN = 700;

const FINGERPRINT_BYTES = 16;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Cuts records into blocks whose ends depend on the content of the records alone, so that the same records form the same
 * blocks wherever they are in a file (content-defined chunking, as in "A Low-bandwidth Network File System", Muthitacharoen
 * et al., 2001). After the first of its own ends, a part of a file has the blocks of the whole file.
 */
export class Blocks {
  readonly #salt: string;
  #records: string[] = [];

  /** @param salt tells blocks of the same records apart */
  constructor(salt = '') {
    this.#salt = salt;
  }

  /** Whether no record was added since the last block ended. */
  get isBetween(): boolean {
    return this.#records.length === 0;
  }

  /** Adds the content of a record. Returns whether the block should end with it. */
  add(content: string): boolean {
    const count = this.#records.push(content);
    return count >= MOST || (count >= LEAST && hash(content) % ONE_IN === 0);
  }

  /** Ends the block, and returns its fingerprint: 16 bytes of the SHA-256 of its records, in base64url. */
  end(): string {
    const digest = createHash('sha256').update(this.#salt).update(this.#records.join('\n')).digest();
    this.#records = [];
    return digest.subarray(0, FINGERPRINT_BYTES).toString('base64url');
  }
}

/** FNV-1a of the characters, as a number of 32 bits. */
function hash(text: string): number {
  let value = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), FNV_PRIME);
  return (value ^ (value >>> 15)) >>> 0;
}
