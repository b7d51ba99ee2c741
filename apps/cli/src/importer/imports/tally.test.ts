import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Tally } from './tally.ts';

const base = { position: 0, hash: '', rows: 10, import_id: null, imported: 5 };

test('revenue adds up exactly, whatever the amounts', () => {
  const tenThousandths = fc.bigInt({ min: 0n, max: 10n ** 40n });
  fc.assert(
    fc.property(fc.array(tenThousandths), (amounts) => {
      const tally = new Tally();
      for (const amount of amounts) {
        const revenue = `${amount / 10_000n}.${(amount % 10_000n).toString().padStart(4, '0')}`;
        tally.add({ ...base, totals: { revenue }, rejected: [] }, { isEarlier: false });
      }
      const total = amounts.reduce((sum, amount) => sum + amount, 0n);
      const [whole = '', fraction = ''] = tally.totalOf('revenue').split('.');
      expect(BigInt(whole + fraction.padEnd(4, '0'))).toBe(total);
    }),
  );
});

test('rows are rejected by code, the most frequent first, and some were done earlier', () => {
  const tally = new Tally();
  const offers = { code: 'offer_not_found', error: 'No offer.', rows: [1, 2] };
  const dates = (error: string) => ({ code: 'invalid_timestamp', error, rows: [3] });
  tally.add({ ...base, totals: { revenue: '1' }, rejected: [dates('a'), offers] }, { isEarlier: true });
  tally.add({ ...base, totals: { revenue: '2' }, rejected: [dates('b'), dates('c')] }, { isEarlier: false });
  expect(tally).toMatchObject({ records: 20, imported: 10, rejected: 5, earlier: 10 });
  expect(tally.totalOf('revenue')).toBe('3');
  expect(Object.entries(tally.rejectedByCode)).toEqual([
    ['invalid_timestamp', 3],
    ['offer_not_found', 2],
  ]);
});

test('counts and notices of all batches add up, those of earlier runs, too', () => {
  const tally = new Tally();
  const batch = { ...base, totals: {}, rejected: [] };
  tally.add({ ...batch, counts: { contacts_created: 2 }, notices: { duplicate_differs: 1 } }, { isEarlier: true });
  tally.add({ ...batch, counts: { contacts_created: 3 } }, { isEarlier: false });
  tally.add({ ...batch, notices: { duplicate_differs: 4 } }, { isEarlier: false });
  expect([tally.countOf('contacts_created'), tally.countOf('other')]).toEqual([5, 0]);
  expect(tally.notices).toEqual({ duplicate_differs: 5 });
});
