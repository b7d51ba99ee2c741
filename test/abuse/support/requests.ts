import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { Account } from '../../lab/catalog.ts';
import { REVENUE_PATH } from '../../support/http.ts';
import type { RawRequest } from '../attacker/attack.ts';

const MOST_RECORDS = 1_000;

/** Asks for something; without a key, as a stranger. */
export function get(path: string, key?: string, accept = '*/*'): RawRequest {
  const ofAccount = key === undefined ? [] : [`X-Api-Key: ${key}`];
  return { head: [`GET ${path} HTTP/1.1`, 'Host: trackly', `Accept: ${accept}`, ...ofAccount].join('\r\n') };
}

export interface ImportOptions {
  query?: string;
  isCompressed?: boolean;
}

/** Imports something. */
export function post(key: string, body: string, { query = '', isCompressed = false }: ImportOptions = {}): RawRequest {
  const bytes = isCompressed ? gzipSync(body, { level: 0 }) : Buffer.from(body);
  const head = [
    `POST ${REVENUE_PATH}${query} HTTP/1.1`,
    'Host: trackly',
    `X-Api-Key: ${key}`,
    'Content-Type: application/json',
    `Content-Length: ${bytes.length}`,
    ...(isCompressed ? ['Content-Encoding: gzip'] : []),
  ];
  return { head: head.join('\r\n'), body: bytes };
}

/** The largest body with the most records, each of which the checks reject. */
export function rejectedRecords(paddedField: string): string {
  return bodyOf(() => ({ message_id: 'message', offer_id: 'offer', revenue: -1, [paddedField]: padding(4_800) }));
}

/** Records of messages that do not exist, with the longest ids. */
export function unknownMessages(): string {
  return bodyOf(() => ({ message_id: padding(255), offer_id: 'offer', revenue: 1 }));
}

/** Records that are right. */
export function rightRecords({ messages, offers }: Account): string {
  return bodyOf((index) => ({
    message_id: messages[index % messages.length]?.id,
    offer_id: offers[index % offers.length],
    revenue: 1,
    timestamp: '2025-01-01T00:00:00Z',
  }));
}

/** Records of many fields that mean nothing: they take long to parse. */
export function wideRecords(fields: number): string {
  const others = Object.fromEntries(Array.from({ length: fields }, (_, index) => [`f${index}`, index]));
  return bodyOf((index) => ({ message_id: `unknown-${index}`, offer_id: 'offer', revenue: 1, ...others }));
}

/** A large body whose end never comes. */
export function endlessBody(): string {
  return bodyOf((index) => ({
    message_id: `unknown-${index}`,
    offer_id: 'offer',
    revenue: 1,
    note: padding(4_800),
  }));
}

/** Characters that nothing can compress. */
function padding(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}

function bodyOf(record: (index: number) => object): string {
  return JSON.stringify({ records: Array.from({ length: MOST_RECORDS }, (_, index) => record(index)) });
}
