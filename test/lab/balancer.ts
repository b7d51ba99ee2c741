import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { breakOff } from './break-off.ts';
import type { Random } from './random.ts';
import { readinessOf } from './readiness.ts';

const HOST = '127.0.0.1';
const CHECK_MS = 100;

interface Target {
  url: string;
  ready: boolean;
  /** Whether it is being asked. */
  asked: boolean;
}

/**
 * A load balancer over HTTP. It gives no answer of its own: where no target takes a request, the client's connection is
 * broken, so that every status a client sees was sent by the product.
 */
export interface Balancer extends AsyncDisposable {
  port: number;
  add(url: string): void;
  remove(url: string): void;
  /** From now on, breaks the client's connection with the given probability once a request has been answered. */
  dropResponses(probability: number, random: Random): void;
  /** Responses that did not get through. */
  readonly dropped: number;
}

/**
 * Opens a balancer without targets. Requests go round robin to those whose /readyz answers 200, which is asked every
 * 100 ms; when none does, to all. A target that refuses the connection is passed over.
 */
export async function openBalancer(): Promise<Balancer> {
  const targets = new Map<string, Target>();
  const agent = new Agent({ keepAlive: true });
  const stop = new AbortController();
  let turn = 0;
  let dropped = 0;
  let shouldDrop = () => false;

  /** All targets, the one whose turn it is first, those that are not ready last. */
  function candidates(): Target[] {
    const all = [...targets.values()];
    turn += 1;
    const rotated = all.map((_, index) => all[(index + turn) % all.length]).filter((target) => target !== undefined);
    const ready = rotated.filter((target) => target.ready);
    return ready.length > 0 ? ready : rotated;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const client = request.socket;
    try {
      const body = Buffer.concat(await Array.fromAsync<Buffer>(request));
      for (const target of candidates()) {
        const answer = await forward(target, request, response, body);
        if (answer === 'refused') continue;
        if (shouldDrop()) {
          dropped += 1;
          answer.resume();
          break;
        }
        response.writeHead(answer.statusCode ?? 0, headersOf(answer));
        answer.on('error', () => breakOff(client));
        answer.pipe(response);
        return;
      }
    } catch {
      // The request or its answer was cut off: so is the client.
    }
    breakOff(client);
  }

  /** Rejects when the connection breaks after it was made: then the target may have acted on the request. */
  async function forward({ url }: Target, request: IncomingMessage, response: ServerResponse, body: Buffer) {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage | 'refused'>();
    const { method, headers } = request;
    const forwarded = httpRequest(new URL(request.url ?? '/', url), { agent, method, headers });
    const onClientGone = () => {
      if (!response.writableFinished) forwarded.destroy();
    };
    response.once('close', onClientGone);
    forwarded.once('response', resolve);
    forwarded.once('error', (error) => {
      response.off('close', onClientGone);
      if ('code' in error && error.code === 'ECONNREFUSED') resolve('refused');
      else reject(error);
    });
    forwarded.end(body);
    return promise;
  }

  async function checkTargets(): Promise<void> {
    while (!stop.signal.aborted) {
      for (const target of targets.values()) void check(target);
      await delay(CHECK_MS, undefined, { signal: stop.signal });
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  // Longer than any client keeps a connection, so that it is never ours that ends first.
  server.keepAliveTimeout = 120_000;
  server.listen(0, HOST);
  await once(server, 'listening');
  const checking = checkTargets().catch(() => undefined);
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    add: (url) => void targets.set(url, { url, ready: true, asked: false }),
    remove: (url) => void targets.delete(url),
    dropResponses(probability, random) {
      shouldDrop = () => random.chance(probability);
    },
    get dropped() {
      return dropped;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await checking;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
}

/** Without those that are about the balancer's own connection to the target. */
function headersOf(answer: IncomingMessage): OutgoingHttpHeaders {
  const { connection: _connection, 'keep-alive': _keepAlive, ...headers } = answer.headers;
  return headers;
}

async function check(target: Target): Promise<void> {
  if (target.asked) return;
  target.asked = true;
  const status = await readinessOf(target.url).catch(() => undefined);
  target.ready = status === 200;
  target.asked = false;
}
