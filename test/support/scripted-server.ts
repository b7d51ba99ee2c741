import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** Answers a request, of which the body is given. */
export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>;

export interface ScriptedServer extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string;
}

/** Serves HTTP on a free port of loopback, answering as a test wants it. */
export async function serve(handler: Handler): Promise<ScriptedServer> {
  const server = createServer((request, response) => {
    text(request)
      .then((body) => handler(request, response, body))
      .catch(() => response.destroy());
  });
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

/** Sends a body of JSON text. */
export function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
