import { isRequestId, type ImportRef } from '@trackly/contract';
import { countRejections, findImports, readChunks, readUndoChunks, type Database } from '@trackly/db';
import { jobName, type Inspector, type JobName } from '@trackly/queue';
import { Type, type FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import { importPath } from '../views/format.ts';
import type { ChunkJobs } from '../views/chunks.ts';
import { importPage, requestPage, unknownPage } from '../views/imports.ts';
import { sendPage } from '../views/layout.ts';

export interface ImportOptions {
  db: Database;
  inspector: Inspector;
  /** How many days workers keep imports. */
  keptDays: number;
}

const SHOWN_IMPORTS = 100;
const SHOWN_CHUNKS = 50;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Finds imports by import id or by request id, and shows them. */
export const importRoutes: FastifyPluginCallbackTypebox<ImportOptions> = (app, { db, inspector, keptDays }, done) => {
  const querystring = Type.Object({
    q: Type.String({ maxLength: 1_000 }),
    account: Type.Optional(Type.String({ maxLength: 1_000, pattern: String.raw`^[^\u0000]*$` })),
  });
  app.get('/search', { schema: { querystring } }, async (request, reply) => {
    const id = request.query.q.trim();
    const importId = UUID.test(id) ? id : undefined;
    const requestId = isRequestId(id) ? id : undefined;
    const account = request.query.account?.trim() || undefined;
    const found = requestId ? await findImports(db, { importId, requestId, account, count: SHOWN_IMPORTS + 1 }) : [];
    const [first, ...others] = found;
    if (!first) return sendPage(reply.code(404), unknownPage(id, keptDays, account));
    const hasMore = found.length > SHOWN_IMPORTS;
    return others.length > 0
      ? sendPage(reply, requestPage({ requestId: id, account, imports: found.slice(0, SHOWN_IMPORTS), hasMore }))
      : reply.redirect(importPath(first.importId), 303);
  });

  const params = Type.Object({ importId: Type.String() });
  app.get('/imports/:importId', { schema: { params } }, async (request, reply) => {
    const { importId } = request.params;
    const [found] = UUID.test(importId) ? await findImports(db, { importId, count: 1 }) : [];
    if (!found) return sendPage(reply.code(404), unknownPage(importId, keptDays));
    const [rejections, chunks, undoChunks] = await Promise.all([
      countRejections(db, found),
      readChunks(db, found, SHOWN_CHUNKS),
      readUndoChunks(db, found, SHOWN_CHUNKS),
    ]);
    const isTrial = found.isDryRun || found.isAtomic;
    const [jobs, undoJobs] = await Promise.all([
      findJobs(jobName(isTrial ? 'try' : 'save', found.kind), found, chunks),
      findJobs(jobName('undo', found.kind), found, undoChunks),
    ]);
    return sendPage(reply, importPage({ found, rejections, chunks, jobs, undoChunks, undoJobs }));
  });
  done();

  /** Reads the jobs of chunks, in the order of the chunks; undefined if the queue does not answer. */
  async function findJobs(name: JobName, ref: ImportRef, chunks: { chunkIndex: number }[]): Promise<ChunkJobs> {
    const refs = chunks.map(({ chunkIndex }) => ({ ...ref, chunkIndex }));
    return inspector.find(name, refs).catch(() => undefined);
  }
};
