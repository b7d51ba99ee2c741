import { compileParameters, ImportQuery, type ImportOutcome, type KindSpec, type Notices } from '@trackly/contract';
import type { ImportSource } from '@trackly/db';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ResponseHeader } from '../description/headers.ts';
import { goneSignal } from '../http/gone-signal.ts';
import { parameterError } from '../http/parameter-error.ts';
import { parsePrefer } from '../http/prefer.ts';
import { RequestError } from '../http/request-error.ts';
import type { Services } from '../services.ts';
import { importSourceOf } from './import-source.ts';
import { createTaker, type ImportRequest, type TakeOptions } from './take.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the records come from; undefined if the request does not say so. */
    importSource: ImportSource | undefined;
  }
}

export interface ImportOptions extends Services, TakeOptions {}

interface Waited {
  importId: string;
  /** Undefined if the import goes on for longer than the request waits. */
  outcome: Extract<ImportOutcome, { status: 'completed' }> | undefined;
}

/** The headers of answers about imports. */
export const ofImports: ResponseHeader[] = ['X-Import-Id', 'X-Dry-Run', 'Idempotent-Replayed', 'Preference-Applied'];

/**
 * Creates a function that imports the records of a request, waits until they are saved, and sets the headers of the answer.
 */
export function createImporter(kind: KindSpec, options: ImportOptions) {
  const { waiter, syncWaitMs } = options;
  const take = createTaker(kind, options);

  return async (request: ImportRequest, reply: FastifyReply): Promise<Waited> => {
    const { waitMs, applied } = parsePrefer(request.headers['prefer'], syncWaitMs);
    const taken = await take(request);
    const { importId, isReplay } = taken;
    // Free the body: many clients may wait for long, and their records are in the ledger.
    Object.assign(request, { body: undefined });
    request.releaseBody?.();
    request.endTurn?.();

    request.importId = importId;
    reply.header('x-import-id', importId);
    if (request.query.dry_run) reply.header('x-dry-run', 'true');
    if (isReplay) reply.header('idempotent-replayed', 'true');
    if (applied) reply.header('preference-applied', applied);

    const outcome = taken.outcome ?? (await waiter.wait(taken, { timeoutMs: waitMs, signal: goneSignal(reply) }));
    if (!outcome) return { importId, outcome };
    if (outcome.status !== 'completed') throw new RequestError('import_undone');
    if (outcome.notices) reply.header('import-notices', toHeader(outcome.notices));
    return { importId, outcome };
  };
}

/** Writes notices as a dictionary of integers: https://www.rfc-editor.org/rfc/rfc9651#section-3.2 */
function toHeader(notices: Notices): string {
  return Object.entries(notices)
    .map(([name, count]) => `${name}=${count}`)
    .join(', ');
}

const isQuery = compileParameters(ImportQuery);

/** Runs before the body is read, so that a request with an invalid dry_run parameter never becomes an import. */
export async function checkParameters({ query }: FastifyRequest): Promise<void> {
  if (!isQuery(query)) throw parameterError(isQuery.errors);
}

export async function readImportSource(request: FastifyRequest): Promise<void> {
  request.importSource = importSourceOf(request.raw);
}
