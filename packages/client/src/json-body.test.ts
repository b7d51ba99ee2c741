import { gunzipSync } from 'node:zlib';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { breakOff, reply, useScript } from '../../../test/support/scripted-client.ts';
import { toJsonBody } from './json-body.ts';

const OUTCOME = '{"success_count":1,"error_count":0,"total_revenue":1,"errors":[]}';
const { clientOf, received } = useScript();

test('any value is written as its JSON, compressed from a kilobyte on', async () => {
  const values = fc.jsonValue({ maxDepth: 3 });
  await fc.assert(
    fc.asyncProperty(values, fc.nat(2000), async (value, padding) => {
      const padded = [value, 'é'.repeat(padding)];
      const json = Buffer.from(JSON.stringify(padded));
      const { bytes, headers } = await toJsonBody(padded);
      expect(headers).toEqual(json.length < 1024 ? {} : { 'content-encoding': 'gzip' });
      expect(json.equals(json.length < 1024 ? bytes : gunzipSync(bytes))).toBe(true);
    }),
  );
});

test('an import of many records is compressed, of a known length, and each attempt sends the same bytes', async () => {
  const records = Array.from({ length: 1000 }, (_, index) => ({
    message_id: `m-é-${index}`,
    offer_id: 'o',
    revenue: '1.50',
  }));
  const client = await clientOf([reply(503, '{"code":"overloaded"}'), breakOff, reply(200, OUTCOME)]);
  await client.importRecords('revenue', records);
  expect(received).toHaveLength(3);
  const json = JSON.stringify({ records });
  for (const { headers, body, bytes } of received) {
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': String(bytes.length),
    });
    expect(body).toBe(json);
    expect(bytes.length).toBeLessThan(json.length / 4);
    expect(bytes.equals(received[0]?.bytes ?? Buffer.of())).toBe(true);
  }
});

test('a small import is sent as it is', async () => {
  const client = await clientOf([reply(200, OUTCOME)]);
  await client.importRecords('revenue', [{ message_id: 'm', offer_id: 'o', revenue: 1 }]);
  expect(received[0]?.headers).not.toHaveProperty('content-encoding');
  expect(received[0]?.headers['content-length']).toBe(String(received[0]?.bytes.length));
});
