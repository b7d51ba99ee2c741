import { createServer, request as connect, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { pipeline } from 'node:stream';

import { listen, type ScriptedServer } from '../support/scripted-server.ts';

/**
 * Stands before a service and passes everything on, both ways.
 *
 * @param onAnswer may hold back an answer that the service has given
 */
export async function forward(
  url: string,
  onAnswer: (request: IncomingMessage) => Promise<void> | void,
): Promise<ScriptedServer> {
  const server = createServer((request, response) => {
    const { method, headers } = request;
    const passedOn = connect(new URL(request.url ?? '', url), { method, headers });
    const answer = async () => {
      const [answered]: IncomingMessage[] = await once(passedOn, 'response');
      await onAnswer(request);
      response.writeHead(answered?.statusCode ?? 502, answered?.headers);
      if (answered) pipeline(answered, response, () => undefined);
    };
    answer().catch(() => response.destroy());
    pipeline(request, passedOn, () => undefined);
  });
  return listen(server);
}
