import fc from 'fast-check';
import { expect, test } from 'vitest';

import { localPath } from './local-path.ts';

const HERE = 'https://ops.example';

test('a path with a query stays as it is', () => {
  expect(localPath('/queues/queue/imports?status=failed&page=2')).toBe('/queues/queue/imports?status=failed&page=2');
});

test('whatever is asked for, a browser stays here', () => {
  const pieces = fc.constantFrom('/', '\\', '.', '..', ':', '@', '?', '#', '%2f', '\t', '\n', 'evil.example', 'https');
  const addresses = fc.oneof(
    fc.array(pieces).map((parts) => parts.join('')),
    fc.webUrl(),
    fc.string(),
  );
  fc.assert(
    fc.property(addresses, (address) => {
      const path = localPath(address);
      expect(path).toMatch(/^\//);
      expect(new URL(path, HERE).origin).toBe(HERE);
    }),
    { numRuns: 2_000 },
  );
});
