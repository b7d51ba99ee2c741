import underPressure from '@fastify/under-pressure';
import type { RequestErrorCode } from '@trackly/contract';
import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import type { Services } from '../services.ts';
import { ByteBudget } from './byte-budget.ts';
import { RequestError } from '../http/request-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Gives the body's share of the byte budget back. Call it when the body is no longer needed. */
    releaseBody: () => void;
  }
}

export interface AdmissionOptions extends Pick<
  Services,
  'watch' | 'maxOpenChunks' | 'maxOpenChunksPerAccount' | 'maxLagMs'
> {
  bodyLimitBytes: number;
}

/** Limit for all bodies together that are on their way into the ledger. */
const BODY_BUDGET_BYTES = 256 * 1024 * 1024;

class OverloadedError extends RequestError {
  constructor() {
    super('overloaded');
  }
}

/** Decides whether a new import can be accepted, before its body is read. */
export const admission = plugin<AdmissionOptions>(async (app, options) => {
  const { watch, maxOpenChunks, maxOpenChunksPerAccount, maxLagMs, bodyLimitBytes } = options;
  const budget = new ByteBudget(BODY_BUDGET_BYTES);

  await app.register(underPressure, { maxEventLoopDelay: maxLagMs, customError: OverloadedError });

  app.decorateRequest('releaseBody');
  app.addHook('onRequest', async (request, reply) => {
    const refusal = refusalFor(request.accountId);
    if (refusal) throw new RequestError(refusal);
    const release = budget.take(request.accountId, sizeOfBody(request));
    if (!release) throw new RequestError('overloaded');
    request.releaseBody = release;
    reply.raw.once('close', release);
  });

  function refusalFor(accountId: string): RequestErrorCode | undefined {
    if (!watch.queueIsUp) return 'unavailable';
    if (watch.backlog.of(accountId) >= maxOpenChunksPerAccount) return 'too_many_pending';
    return watch.backlog.total >= maxOpenChunks ? 'overloaded' : undefined;
  }

  /** Bytes that the body may take in memory. The size of a compressed or chunked body is unknown: assume the limit. */
  function sizeOfBody({ headers }: FastifyRequest): number {
    const isKnown = headers['content-length'] !== undefined && headers['content-encoding'] === undefined;
    return isKnown ? Math.min(Number(headers['content-length']), bodyLimitBytes) : bodyLimitBytes;
  }
});
