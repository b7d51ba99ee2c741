import type { ImportRecord } from '@trackly/client';

import type { FileField, FileFields } from '../file-fields.ts';
import type { FileKind } from '../file-kind.ts';

const fields: FileFields = {
  fields: {
    id: { type: 'text', isRequired: true },
    list_number: { type: 'list_number', isRequired: true, alternative: 'list_id' },
    list_id: { type: 'integer' },
    to_number: { type: 'phone', isRequired: true, invalid: 'invalid_phone' },
    message: { type: 'text' },
    send_type: { type: 'text' },
    delivered: { type: 'boolean' },
    length: { type: 'integer' },
    timestamp: { type: 'time', isRequired: true },
  } satisfies Record<keyof ImportRecord<'sends'>, FileField>,
  presets: new Map(),
  examples: {
    map: 'id=MessageSid,to_number=To,list_number=From,timestamp=DateSent',
    default: 'list_number=+15550001234,send_type=campaign',
  },
};

/** Sends in files. */
export const sends: FileKind = {
  name: 'sends',
  ...fields,
  help: {
    noun: 'send history',
    preset: `{"map": {"id": "MessageSid", "to_number": "To"}, "timezone": "UTC", "default": {"list_number": "+15550001234"}}`,
    commands: `
  trackly import sends sends.csv --url https://history.example.com
  trackly import sends sends.csv --dry-run
  trackly import sends messages.csv.gz --map id=MessageSid,to_number=To,list_number=From,timestamp=DateSent
  trackly import sends export.csv --default list_number=+15550001234 --timezone America/New_York
  trackly import sends sends.csv.rejects.csv
  trackly verify sends.csv`,
  },
  notices: {
    duplicate_differs: {
      what: 'skipped, although a message with the same id exists that is not the same: GET …/imports/{id}/errors lists them',
    },
  },
  prerequisites: { list_not_found: 'an administrator creates lists, with "trackly lists create"' },
  async verify(verifying) {
    // Loaded late: few commands need it.
    const { verifyByDryRun } = await import('../verify-by-dry-run.ts');
    return verifyByDryRun('sends', fields, verifying);
  },
};
