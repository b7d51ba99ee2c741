import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { expect, test } from 'vitest';

import { Budget } from '../load/budget.ts';
import { readBody } from './read-body.ts';

test('a body that comes in pieces is read, and its memory is there until it is disposed of', async () => {
  const pieces = [Buffer.alloc(100_000, 'a'), Buffer.alloc(100_000, 'b'), Buffer.from('c')];
  const sent = new IncomingMessage(new Socket());
  for (const piece of pieces) sent.push(piece);
  sent.push(null);
  const memory = new Budget({ total: 1_000_000, each: 1_000_000 });
  const body = await readBody(sent, { memory, requester: 'somebody', limitBytes: 200_001 });
  expect(body.bytes.equals(Buffer.concat(pieces))).toBe(true);
  const { buffer } = body.bytes;
  body[Symbol.dispose]();
  expect(buffer.byteLength).toBe(0);
});
