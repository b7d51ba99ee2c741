import { createServer, request as connect } from 'node:http';
import { connect as open } from 'node:net';
import { pipeline } from 'node:stream';

import { listen, type ScriptedServer } from '../support/scripted-server.ts';

/** An HTTP proxy as companies have it, that leads every host to the same service. */
export interface HttpProxy extends ScriptedServer {
  /** What was asked of it: the method, and the address or host. */
  asked: string[];
}

/**
 * Starts a proxy that wants the user "user" and the password "secret", or refuses with 407.
 *
 * @param target the service; for CONNECT, too
 */
export async function startHttpProxy(target: string): Promise<HttpProxy> {
  const asked: string[] = [];
  const expected = `Basic ${Buffer.from('user:secret').toString('base64')}`;
  const isKnown = (authorization: string | undefined) => authorization === expected;

  const server = createServer((request, response) => {
    const { method, headers } = request;
    asked.push(`${method} ${request.url}`);
    const { 'proxy-authorization': authorization, ...passedOn } = headers;
    if (!isKnown(authorization)) {
      response.writeHead(407).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? '');
    const answering = connect(new URL(pathname + search, target), { method, headers: passedOn }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    pipeline(request, answering, () => undefined);
  });
  server.on('connect', (request, socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    if (!isKnown(request.headers['proxy-authorization'])) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(target);
    const tunnel = open(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.write(head);
      pipeline(tunnel, socket, tunnel, () => undefined);
    });
  });
  return Object.assign(await listen(server), { asked });
}
