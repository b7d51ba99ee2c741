import type { IncomingMessage } from 'node:http';

import { FINGERPRINT_PATTERN, IMPORT_NAME_PATTERN, MAX_FINGERPRINTS } from '@trackly/contract';
import type { ImportSource } from '@trackly/db';

import { RequestError } from '../http/request-error.ts';

const WELL_FORMED_NAME = new RegExp(IMPORT_NAME_PATTERN);
const WELL_FORMED_FINGERPRINT = new RegExp(FINGERPRINT_PATTERN);
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * Reads Import-Name, Import-Fingerprints and Import-Again: where the records of a request come from.
 *
 * @returns undefined without fingerprints
 * @throws RequestError `invalid_header` if a header is malformed, or fingerprints come without a name
 */
export function importSourceOf({ headers, headersDistinct }: IncomingMessage): ImportSource | undefined {
  // Node joins the values of a header that comes twice.
  const [name, ...otherNames] = headersDistinct['import-name'] ?? [];
  const { 'import-fingerprints': list, 'import-again': again = 'false' } = headers;
  if (otherNames.length > 0) throw new RequestError('invalid_header', 'Import-Name must be there once.');
  if (again !== 'true' && again !== 'false') {
    throw new RequestError('invalid_header', 'Import-Again must be true or false.');
  }
  const decodedName = name === undefined ? undefined : decodeName(name);
  if (list === undefined) return undefined;
  const fingerprints = decodeFingerprints(String(list));
  if (decodedName === undefined) {
    throw new RequestError('invalid_header', 'Import-Fingerprints needs Import-Name, the name of what is imported.');
  }
  return { name: decodedName, fingerprints, mayRepeat: again === 'true' };
}

function decodeName(encoded: string): string {
  try {
    const name = WELL_FORMED_NAME.test(encoded) ? decodeURIComponent(encoded) : '';
    if (name !== '' && !CONTROL_CHARACTER.test(name)) return name;
  } catch {
    // It is not UTF-8.
  }
  throw new RequestError(
    'invalid_header',
    'Import-Name must be 1 to 200 printable ASCII characters; percent-encode others, and % itself, as UTF-8.',
  );
}

function decodeFingerprints(list: string): string[] {
  const encoded = new Set(list.split(',').map((each) => each.trim()));
  if (encoded.size > MAX_FINGERPRINTS || ![...encoded].every((each) => WELL_FORMED_FINGERPRINT.test(each))) {
    throw new RequestError(
      'invalid_header',
      `Import-Fingerprints must be 1 to ${MAX_FINGERPRINTS} values of 16 bytes, each as 22 characters of base64url, ` +
        'separated by commas.',
    );
  }
  return [...encoded].map((each) => Buffer.from(each, 'base64url').toString('hex'));
}
