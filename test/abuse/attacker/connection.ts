import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

import { AnswerReader } from './answer-reader.ts';
import type { Attack, AttackCounters, RawRequest } from './attack.ts';

/** Whoever was cut off comes back after this long. */
const AGAIN_MS = 500;
const EVERY_SECOND_MS = 1_000;

/** Nobody keeps what is read. */
const SCRAP = Buffer.alloc(256 * 1024);

/**
 * Keeps a connection of an attack open until it is over.
 *
 * @param turn of the connection at the attack's requests
 */
export function keepAttacking(attack: Attack, turn: number, counters: AttackCounters, over: AbortSignal): void {
  if (over.aborted) return;
  const again = () => setTimeout(() => keepAttacking(attack, turn, counters, over), AGAIN_MS);
  const reader = new AnswerReader((status) => {
    counters.answers[status] = (counters.answers[status] ?? 0) + 1;
    onAnswer();
  });
  const socket = connect({
    host: '127.0.0.1',
    port: attack.port,
    localAddress: attack.localAddress,
    noDelay: true,
    ...(attack.kind !== 'unread' && {
      onread: {
        buffer: SCRAP,
        callback(length) {
          reader.read(SCRAP.subarray(0, length));
          return true;
        },
      },
    }),
  });
  // Nothing is read from one that is paused before it is connected.
  if (attack.kind === 'unread') socket.pause();
  const stop = () => socket.destroy();
  over.addEventListener('abort', stop);
  let isConnected = false;
  let timer: NodeJS.Timeout | undefined;
  let onAnswer = () => {};
  socket.on('error', () => undefined);
  socket.on('close', () => {
    over.removeEventListener('abort', stop);
    clearInterval(timer);
    if (over.aborted) return;
    if (isConnected) counters.cuts += 1;
    again();
  });
  socket.on('connect', () => {
    isConnected = true;
    counters.connections += 1;
    switch (attack.kind) {
      case 'flood':
        onAnswer = sendNext;
        return sendNext();
      case 'unread':
        socket.cork();
        for (let sent = 0; sent < attack.pipelined; sent += 1) sendNext();
        socket.uncork();
        if (!attack.isSilent) timer = setInterval(() => lookAt(socket, attack.sipBytes), EVERY_SECOND_MS);
        return;
      case 'trickle':
        onAnswer = stop;
        timer = trickle(socket, nextRequest(), attack);
        return;
    }
  });

  function nextRequest(): RawRequest {
    const request = attack.requests[turn % attack.requests.length];
    if (!request) throw new Error(`${attack.name} has no requests.`);
    turn += attack.connections;
    counters.requests += 1;
    return request;
  }

  function sendNext(): void {
    const { head, body } = nextRequest();
    socket.cork();
    socket.write(`${fill(head)}\r\n\r\n`, 'latin1');
    if (body) socket.write(body);
    socket.uncork();
  }
}

/** Notices whether the connection was cut off, and reads a little if it is to. */
function lookAt(socket: Socket, sipBytes = 0): void {
  // An empty line between requests means nothing, and cannot be sent on a connection that is no more.
  socket.write('\r\n');
  if (sipBytes > 0) socket.read(sipBytes);
}

function trickle(
  socket: Socket,
  { head, body = new Uint8Array() }: RawRequest,
  { bytesAtOnce, everyMs }: { bytesAtOnce: number; everyMs: number },
): NodeJS.Timeout {
  socket.write(`${fill(head)}\r\n\r\n`, 'latin1');
  if (bytesAtOnce > 0) socket.write(body.subarray(0, bytesAtOnce));
  let sent = bytesAtOnce;
  return setInterval(() => {
    socket.write(body.subarray(sent, sent + 1));
    sent += 1;
  }, everyMs);
}

function fill(head: string): string {
  return head.replaceAll('{random}', () => randomBytes(16).toString('hex'));
}
