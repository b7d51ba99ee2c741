import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { refusalCode } from '../../lab/client.ts';
import { HANGS_AFTER_MS } from '../../support/limits.ts';
import type { Answer } from './exchange.ts';
import { codeOf, documentedCodes } from './judge.ts';
import type { RawExchange } from './malformed.ts';

/** Long enough for the server to read a part before the next one comes. */
const BETWEEN_PARTS_MS = 5;

const REFUSED = 503;
const EMPTY_CHUNK = '0\r\n\r\n';

/** Of answers to what is no HTTP, beside those of the endpoint. */
const connectionCodes: Record<number, readonly string[]> = {
  400: ['malformed_request'],
  408: ['request_timeout'],
  431: ['headers_too_large'],
};

/**
 * Writes bytes to a connection and leaves.
 *
 * @returns the codes of what was refused with 503
 * @throws when the server neither answers as documented nor closes the connection
 */
export async function exchangeRaw(baseUrl: string, { parts, leaving }: RawExchange): Promise<string[]> {
  const { hostname, port } = new URL(baseUrl);
  const { promise: closed, resolve, reject } = Promise.withResolvers<void>();
  const received: Buffer[] = [];

  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
  socket.on('data', (bytes) => received.push(bytes));
  socket.on('end', () => socket.end());
  // A server that has heard enough may reset the connection.
  socket.on('error', () => undefined);
  socket.on('close', () => resolve());
  const timer = setTimeout(() => reject(new Error('A hang: the connection was not closed.')), HANGS_AFTER_MS);

  for (const part of parts) {
    socket.write(part);
    await delay(BETWEEN_PARTS_MS);
  }
  if (leaving === 'end') socket.end();
  else socket.destroy();
  await closed.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
  if (leaving !== 'end') return [];
  const answers = answersIn(Buffer.concat(received).toString('latin1'));
  for (const answer of answers) if (answer.status !== REFUSED) judgeRaw(answer);
  return answers.filter(({ status }) => status === REFUSED).map(refusalCode);
}

/** Writes the bytes as a command for a shell, which shows what the server answers. */
export function asNodeCommand(baseUrl: string, { parts, leaving }: RawExchange): string {
  const { hostname, port } = new URL(baseUrl);
  const bytes = `Buffer.from('${Buffer.concat(parts).toString('base64')}', 'base64')`;
  const send = leaving === 'end' ? `s.end(${bytes})` : `s.write(${bytes}); setTimeout(() => s.destroy(), 100)`;
  return `node -e "const s = net.connect(${port}, '${hostname}'); s.pipe(process.stdout); ${send}"`;
}

function judgeRaw(answer: Answer): void {
  if (answer.status >= 100 && answer.status < 400) return;
  codeOf(answer, [...(documentedCodes[answer.status] ?? []), ...(connectionCodes[answer.status] ?? [])]);
}

/** Reads responses one after the other; what cannot be read as one has the status 0. */
function answersIn(stream: string): Answer[] {
  const answers: Answer[] = [];
  let rest = stream;
  while (rest !== '') {
    const [, status, fields = ''] = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(rest) ?? [];
    if (!status) return [...answers, { status: 0, headers: {}, text: rest }];
    const start = rest.indexOf('\r\n\r\n') + 4;
    // Only Node itself answers in chunks here, and only with an empty body.
    const isChunked = /^transfer-encoding: chunked/im.test(fields) && rest.startsWith(EMPTY_CHUNK, start);
    const length = isChunked ? EMPTY_CHUNK.length : Number(/^content-length: (\d+)/im.exec(fields)?.[1] ?? 0);
    const text = isChunked ? '' : rest.slice(start, start + length);
    answers.push({ status: Number(status), headers: {}, text });
    rest = rest.slice(start + length);
  }
  return answers;
}
