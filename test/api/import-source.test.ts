import { randomBytes } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { REVENUE_PATH } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { exchangeRaw } from './conformance/raw.ts';

const newFingerprint = () => randomBytes(16).toString('base64url');

describe('where records come from', () => {
  const stack = useStack();
  const send = (headers: [string, string][]) =>
    fetch(stack().url + REVENUE_PATH, {
      method: 'POST',
      headers: [['x-api-key', stack().account.apiKey], ['content-type', 'application/json'], ...headers],
      body: JSON.stringify({ records: [{ message_id: 'm0', offer_id: 'o0', revenue: 1.5 }] }),
    });
  const fingerprint = newFingerprint();
  const named: [string, string] = ['import-name', 'january.csv'];
  const many = (count: number) => Array.from({ length: count }, newFingerprint).join(',');

  test.for<[string, ...[string, string][]]>([
    ['a name alone', named],
    ['the longest name', ['import-name', 'x'.repeat(200)]],
    ['a name with spaces and commas', ['import-name', 'my file, the (1).csv']],
    ['a name and again', named, ['import-again', 'true']],
    ['the most fingerprints', named, ['import-fingerprints', many(200)], ['import-again', 'false']],
    ['fingerprints in two headers', named, ['import-fingerprints', many(1)], ['import-fingerprints', many(1)]],
  ])('may be said with %s', async ([, ...headers]) => {
    expect((await send(headers)).status).toBe(200);
  });

  test('has one name', async () => {
    const names = 'Import-Name: a\r\nImport-Name: a\r\n';
    const { apiKey } = stack().account;
    const head = `POST ${REVENUE_PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Api-Key: ${apiKey}\r\n${names}`;
    const answer = await exchangeRaw(stack().url, `${head}Content-Type: application/json\r\nContent-Length: 0\r\n\r\n`);
    expect(answer).toMatchObject({ status: 400, json: { error: 'Import-Name must be there once.' } });
  });

  test.for<[string, [string, string][]]>([
    ['Import-Name', [['import-name', '']]],
    ['Import-Name', [['import-name', 'x'.repeat(201)]]],
    ['Import-Name', [['import-name', 'umsätze.csv']]],
    ['Import-Name', [['import-name', '100%.csv']]],
    ['Import-Name', [['import-name', 'a%00b']]],
    ['Import-Name', [['import-name', 'a%FF']]],
    ['Import-Name', [['import-name', 'a%0Ab']]],
    ['Import-Name', [['import-fingerprints', fingerprint]]],
    ['Import-Fingerprints', [named, ['import-fingerprints', '']]],
    ['Import-Fingerprints', [named, ['import-fingerprints', `${fingerprint},`]]],
    ['Import-Fingerprints', [named, ['import-fingerprints', fingerprint.slice(1)]]],
    ['Import-Fingerprints', [named, ['import-fingerprints', `${fingerprint.slice(0, 21)}B`]]],
    ['Import-Fingerprints', [named, ['import-fingerprints', `${fingerprint.slice(0, 21)}+`]]],
    ['Import-Fingerprints', [named, ['import-fingerprints', many(201)]]],
    ['Import-Again', [named, ['import-again', 'yes']]],
  ])('%#: may not be said so; the answer names %s', async ([header, headers]) => {
    const answer = await send(headers);
    expect({ status: answer.status, json: await answer.json() }).toMatchObject({
      status: 400,
      json: { code: 'invalid_header', error: expect.stringContaining(header) },
    });
  });
});
