import { connect } from 'node:net';

import type { Answer } from '../../support/http.ts';

/** Writes text to a connection, and reads the answer until the server closes it. */
export async function exchangeRaw(url: string, text: string): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  let received = '';
  for await (const bytes of socket) received += String(bytes);

  const [head = '', body = ''] = received.split('\r\n\r\n');
  const [statusLine = '', ...fields] = head.split('\r\n');
  const headers = new Headers(
    fields.map((field): [string, string] => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), field.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, text: body, json: JSON.parse(body) };
}
