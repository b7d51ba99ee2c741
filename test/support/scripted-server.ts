import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** Answers a request, of which the body is given as text, and as the bytes that came. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  bytes: Buffer,
) => void | Promise<void>;

export interface ScriptedServer extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string;
}

/** Serves HTTP on a free port of loopback, answering as a test wants it. */
export async function serve(handler: Handler): Promise<ScriptedServer> {
  const server = createServer((request, response) => {
    buffer(request)
      .then((bytes) => handler(request, response, textOf(request, bytes), bytes))
      .catch(() => response.destroy());
  });
  return listen(server);
}

/** Lets a server listen on a free port of loopback. */
export async function listen(server: Server): Promise<ScriptedServer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function textOf({ headers }: IncomingMessage, bytes: Buffer): string {
  return String(headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
}

/** Sends a body of JSON text. */
export function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
