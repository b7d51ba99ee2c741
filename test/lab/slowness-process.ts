import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const WORK = Buffer.alloc(128 * 1024, 'work');

// Answers each request with a little work, as bare as a server can be, until its parent has had enough.
const server = createServer((_request, response) => response.end(createHash('sha256').update(WORK).digest('hex')));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
process.once('disconnect', () => process.exit());
