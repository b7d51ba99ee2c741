import type { ImportRecord } from '@trackly/client';

import type { FileField, FileFields } from '../file-fields.ts';
import type { FileKind } from '../file-kind.ts';

const fields: FileFields = {
  fields: {
    // Without it, the file could be neither compared with the service nor imported a second time without doubles.
    id: { type: 'text', isRequired: true },
    name: { type: 'text', isRequired: true },
    tracking_url: { type: 'text' },
    external_id: { type: 'text' },
    external_platform: { type: 'text' },
    payout: { type: 'amount' },
    payout_type: { type: 'text' },
    status: { type: 'text' },
  } satisfies Record<keyof ImportRecord<'offers'>, FileField>,
  presets: new Map(),
  examples: { map: 'id=offer_id,name=Offer', default: 'external_platform=tune,payout_type=cpa' },
};

/** Offers in files. */
export const offers: FileKind = {
  name: 'offers',
  ...fields,
  help: {
    noun: 'offers',
    preset: `{"map": {"id": "offer_id", "name": "Offer"}, "default": {"external_platform": "tune"}}`,
    commands: `
  trackly import offers offers.csv --url https://history.example.com
  trackly import offers offers.csv --dry-run
  trackly import offers export.csv --map id=offer_id,name=Offer,tracking_url=URL --default external_platform=everflow
  trackly import offers offers.csv.rejects.csv
  trackly verify offers.csv`,
  },
  notices: {
    duplicate_differs: {
      what: 'skipped, although an offer with the same id exists that is not the same: GET …/imports/{id}/errors lists them',
    },
    external_id_taken: {
      what: 'saved with the external_id of another offer, for which revenue that names it counts',
    },
  },
  prerequisites: {},
  async verify(verifying) {
    // Loaded late: few commands need it.
    const { verifyByDryRun } = await import('../verify-by-dry-run.ts');
    return verifyByDryRun('offers', fields, verifying);
  },
};
