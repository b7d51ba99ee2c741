import path from 'node:path';
import { fileURLToPath } from 'node:url';

import staticFiles from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

const OURS = fileURLToPath(new URL('../static', import.meta.url));
const MORPHDOM = fileURLToPath(import.meta.resolve('morphdom/dist/morphdom-esm.js'));

/** Serves the style sheet, the scripts and the icon of the pages. */
export const assetRoutes: FastifyPluginAsync = async (app) => {
  await app.register(staticFiles, { root: OURS, prefix: '/assets/', logLevel: 'warn' });
  app.get('/assets/morphdom.js', { logLevel: 'warn' }, (_request, reply) =>
    reply.sendFile(path.basename(MORPHDOM), path.dirname(MORPHDOM)),
  );
};
