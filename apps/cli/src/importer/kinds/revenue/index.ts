import type { ImportRecord } from '@trackly/client';

import type { FileField, FileFields } from '../file-fields.ts';
import type { FileKind } from '../file-kind.ts';
import { presets } from './presets.ts';

const fields: FileFields = {
  fields: {
    message_id: { type: 'text', isRequired: true },
    offer_id: { type: 'text', isRequired: true },
    revenue: { type: 'amount', isRequired: true },
    payout: { type: 'amount' },
    attribution_type: { type: 'text' },
    timestamp: { type: 'time', mustBeGiven: true },
  } satisfies Record<keyof ImportRecord<'revenue'>, FileField>,
  presets,
  examples: {
    map: 'message_id=InvoiceNo,revenue=Quantity*UnitPrice',
    default: 'attribution_type=migration,payout=0',
  },
};

/** Revenue in files. */
export const revenue: FileKind = {
  name: 'revenue',
  ...fields,
  help: {
    noun: 'revenue history',
    preset: `{"map": {"message_id": "sub1"}, "timezone": "UTC", "date_format": "M/d/yy H:mm", "default": {"attribution_type": "sale"}}`,
    commands: `
  trackly import revenue history.csv --url https://history.example.com
  trackly import revenue history.csv --dry-run
  trackly import revenue orders.csv.gz --map message_id=InvoiceNo,offer_id=StockCode,revenue=Quantity*UnitPrice \\
    --map timestamp=InvoiceDate --date-format "M/d/yy H:mm" --timezone Europe/London
  trackly import revenue export.csv --preset everflow --default attribution_type=migration
  trackly import revenue history.csv.rejects.csv
  zcat *.gz | trackly import revenue - --name shop-2024 --json > summary.json
  trackly verify history.csv`,
  },
  notices: {
    dated_before_message: {
      what: 'dated before their message was sent',
      remedy: 'check --date-format and --timezone',
    },
  },
  prerequisites: {
    message_not_found: 'import the sends first, with "trackly import sends FILE"',
    offer_not_found: 'import the offers first, with "trackly import offers FILE"',
  },
  async verify(verifying) {
    // Loaded late: it takes long to load, and few commands need it.
    const { verify } = await import('./verify.ts');
    return verify(fields, verifying);
  },
  async countHeld(client, importId, signal) {
    const { total } = await client.reportRevenue({ by: 'month', import: importId, limit: 1 }, { signal });
    return total.record_count;
  },
};
