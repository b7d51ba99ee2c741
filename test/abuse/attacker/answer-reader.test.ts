import fc from 'fast-check';
import { expect, test } from 'vitest';

import { AnswerReader } from './answer-reader.ts';

const answers = [
  { status: '200', text: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/' },
  { status: '401', text: 'HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n' },
  {
    status: '503',
    text: 'HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHTTP/\r\n1\r\n0\r\n0\r\n\r\n',
  },
];

test('every answer is counted once, however its bytes arrive', () => {
  const arrivals = fc.record({
    sent: fc.array(fc.constantFrom(...answers), { maxLength: 6 }),
    piece: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(arrivals, ({ sent, piece }) => {
      const statuses: string[] = [];
      const reader = new AnswerReader((status) => statuses.push(status));
      // One answer after the other, as for requests that wait for each other.
      for (const { text } of sent) {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += piece) reader.read(bytes.subarray(at, at + piece));
      }
      expect(statuses).toEqual(sent.map(({ status }) => status));
    }),
  );
});
