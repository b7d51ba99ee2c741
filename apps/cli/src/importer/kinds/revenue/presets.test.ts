import { afterEach, expect, test, vi } from 'vitest';

import { inputOf } from '../../files/test-input.ts';
import { cutIntoBatches } from '../../imports/batches.ts';
import { createMapping } from '../../mapping/mapping.ts';
import { readMappingOptions, type MappingFlags } from '../../mapping/read-flags.ts';
import { fileKinds } from '../index.ts';

const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => stderr.mockClear());

/** What an import of a file with a preset sends and rejects, what it leaves out, and what it says about times. */
async function read(preset: string, content: string, flags: MappingFlags = {}) {
  const options = readMappingOptions(fileKinds.revenue, { preset, ...flags });
  const input = await inputOf(content);
  const mapping = createMapping(fileKinds.revenue, options, input);
  const [records, rejected]: [unknown[], string[]] = [[], []];
  for await (const batch of cutIntoBatches(input, mapping)) {
    records.push(...batch.records);
    rejected.push(...batch.rejections.map(({ code }) => code));
  }
  mapping.checkFound();
  return { records, rejected, left: input.account.filtered, notices: stderr.mock.calls.flat().join('') };
}

const SHOPIFY_HEADER =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,' +
  'Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,' +
  'Lineitem sku,Notes,Note Attributes,Cancelled at,Payment Method,Refunded Amount,Id,Tags,Source';
const SHOPIFY = `${SHOPIFY_HEADER}
#1001,a@example.com,paid,2024-07-01 10:00:26 +0200,fulfilled,2024-07-02 09:00:00 +0200,yes,EUR,25.00,4.90,4.77,29.90,SUMMER,5.00,Standard,2024-07-01 09:58:12 +0200,2,"Mug, blue",10.00,MUG-B,,msg-1,,Shopify Payments,0.00,5001,,web
#1001,a@example.com,,,,,,,,,,,,,,2024-07-01 09:58:12 +0200,1,Tee,10.00,TEE-S,,,,,,,,
#1001,a@example.com,,,,,,,,,,,,,,,1,Cap,0.00,CAP,,,,,,,,
#1002,b@example.com,pending,,unfulfilled,,no,EUR,10.00,0.00,1.60,10.00,SUMMER,0.00,Standard,2024-07-02 09:00:00 +0200,1,Mug,10.00,MUG-B,,msg-2,,,0.00,5002,,web
#1003,c@example.com,refunded,2024-07-03 09:00:00 +0200,unfulfilled,,no,EUR,10.00,0.00,1.60,10.00,SUMMER,0.00,Standard,2024-07-03 09:00:00 +0200,1,Mug,10.00,MUG-B,,msg-3,,Shopify Payments,10.00,5003,,web
#1004,d@example.com,partially_refunded,2024-07-04 09:00:00 +0200,fulfilled,,no,EUR,30.00,0.00,4.79,30.00,SUMMER,0.00,Standard,2024-07-04 09:00:00 +0200,3,Mug,10.00,MUG-B,,msg-4,,Shopify Payments,10.00,5004,,web
#1005,e@example.com,paid,2024-12-01 00:30:00 +0100,fulfilled,,no,EUR,1234.50,0.00,197.11,1234.50,WINTER,0.00,Standard,2024-12-01 00:29:00 +0100,1,Set,1234.50,SET,"two
lines",msg-5,,Shopify Payments,0.00,5005,,web
`;
const ids = { message_id: 'Note Attributes', offer_id: 'Discount Code' };

test('shopify: one record for each order that is paid, and none for the rows of its other items', async () => {
  expect(await read('shopify', SHOPIFY, { map: ids })).toEqual({
    records: [
      { message_id: 'msg-1', offer_id: 'SUMMER', revenue: '29.90', timestamp: '2024-07-01T07:58:12Z' },
      { message_id: 'msg-5', offer_id: 'WINTER', revenue: '1234.50', timestamp: '2024-11-30T23:29:00Z' },
    ],
    rejected: [],
    left: 5,
    notices: 'The preset shopify leaves out all rows but those with Financial Status=paid.\n',
  });
});

test('shopify: other conditions go with the preset, or take the place of its own', async () => {
  const revenues = async (...where: string[]) => (await read('shopify', SHOPIFY, { map: ids, where })).records.length;
  expect(await revenues('Discount Code=WINTER')).toBe(1);
  expect(await revenues('Financial Status=paid', 'Financial Status=partially_refunded')).toBe(3);
});

test('shopify: no column is for the ids of messages and offers, so they are asked for', async () => {
  await expect(read('shopify', SHOPIFY)).rejects.toThrow('f has no column for message_id and offer_id.');
});

const STRIPE_HEADER =
  'id,Type,Source,Amount,Fee,Destination Platform Fee,Net,Currency,Created (UTC),Available On (UTC),Description,' +
  'Customer Facing Amount,Customer Facing Currency,Transfer,Transfer Date (UTC),Transfer Group,message_id (metadata),offer_id (metadata)';
const STRIPE = `${STRIPE_HEADER}
txn_1,charge,ch_1,30.00,1.17,,28.83,eur,2024-07-01 21:56,2024-07-08 00:00,Order 1,30.00,eur,po_1,2024-07-09 00:00,,msg-1,spring
txn_2,payment,py_2,"1,050.00",30.45,,"1,019.55",eur,2024-07-02 23:59:30,2024-07-09 00:00,"Order 2, SEPA",1050.00,eur,po_1,2024-07-09 00:00,,msg-2,spring
txn_3,refund,re_3,-30.00,0.00,,-30.00,eur,2024-07-03 10:00,2024-07-03 10:00,REFUND FOR CHARGE,-30.00,eur,po_1,2024-07-09 00:00,,msg-1,spring
txn_4,stripe_fee,,-2.00,0.00,,-2.00,eur,2024-07-04 10:00,2024-07-04 10:00,Billing,,,po_1,2024-07-09 00:00,,,
txn_5,payout,po_1,-96.22,0.00,,-96.22,eur,2024-07-09 00:00,2024-07-09 00:00,STRIPE PAYOUT,,,,,,,
txn_6,charge,ch_6,5.50,0.40,,5.10,eur,,2024-07-12 00:00,Order 6,5.50,eur,,,,msg-6,spring
`;

test('stripe: charges and payments, in UTC', async () => {
  expect(await read('stripe', STRIPE, { amounts: 'us' })).toEqual({
    records: [
      { message_id: 'msg-1', offer_id: 'spring', revenue: '30.00', timestamp: '2024-07-01T21:56:00Z' },
      { message_id: 'msg-2', offer_id: 'spring', revenue: '1050.00', timestamp: '2024-07-02T23:59:30Z' },
    ],
    rejected: ['missing_timestamp'],
    left: 3,
    notices: 'The preset stripe leaves out all rows but those with Type=charge or Type=payment.\n',
  });
});

test('stripe: the metadata may have other names', async () => {
  const renamed = STRIPE.replace('message_id (metadata),offer_id (metadata)', 'utm_id (metadata),campaign (metadata)');
  const map = { message_id: 'utm_id (metadata)', offer_id: 'campaign (metadata)' };
  expect((await read('stripe', renamed, { map, amounts: 'us' })).records).toHaveLength(2);
  await expect(read('stripe', renamed)).rejects.toThrow('f has no column for message_id and offer_id.');
});

test.each(['tune', 'everflow'])('%s: the file does not say in which zone its times are', async (preset) => {
  readMappingOptions(fileKinds.revenue, { preset });
  expect(stderr.mock.calls.flat().join('')).toContain(`Times are read as UTC: add --timezone if ${preset}`);
});
