import type { IncomingMessage } from 'node:http';

import { afterEach, beforeEach, vi } from 'vitest';

import { createClient, TracklyError, type ClientOptions, type TracklyClient } from '@trackly/client';

import { HANGS_AFTER_MS } from './limits.ts';
import { send, serve, type Handler } from './scripted-server.ts';

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
  /** The body as it came, which may be compressed. */
  bytes: Buffer;
}

/** What a test asks of {@link useScript}. */
export interface Script {
  /** Starts a server which gives one answer after the other, the last one for ever, and makes a client of it. */
  clientOf: (answers: Handler[], options?: Partial<ClientOptions>) => Promise<TracklyClient>;
  /** What came in since the test began. */
  received: Received[];
}

/** Gives each test of the calling file clients that make no pause but those that a server asks for. */
export function useScript(): Script {
  const received: Received[] = [];
  let cleanup = new AsyncDisposableStack();
  beforeEach(() => {
    received.length = 0;
    cleanup = new AsyncDisposableStack();
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    await cleanup.disposeAsync();
  });

  return {
    received,
    async clientOf(answers, options) {
      const server = await serve((request, response, body, bytes) => {
        const { method, url, headers } = request;
        const answer = answers[Math.min(received.length, answers.length - 1)];
        received.push({ method, url, headers, body, bytes });
        return answer?.(request, response, body, bytes);
      });
      cleanup.use(server);
      return createClient({ url: server.url, apiKey: 'trk_k', patienceMs: HANGS_AFTER_MS, ...options });
    },
  };
}

/** Gives an answer of JSON text. */
export function reply(status: number, body: string, headers?: Record<string, string>): Handler {
  return (_request, response) => send(response, status, body, headers);
}

/** Takes the request, and breaks the connection. */
export const breakOff: Handler = ({ socket }) => void socket.destroy();

/** @throws when the call ends otherwise */
export async function errorOf(call: Promise<unknown>): Promise<TracklyError> {
  const error: unknown = await call.catch((caught: unknown) => caught);
  if (error instanceof TracklyError) return error;
  throw new Error(`No TracklyError: ${String(error)}`);
}
