import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { importIdOf, type Inspector } from '@trackly/queue';
import type { FastifyPluginCallback } from 'fastify';

import { isSafeMethod } from '../plugins/same-origin.ts';
import { Refusal } from '../refusal.ts';
import { importPath } from '../views/format.ts';

export interface BoardOptions {
  inspector: Inspector;
  allowActions: boolean;
}

export const BOARD_PATH = '/queues';

/** Allows the inline styles of Bull Board, and the data: images in its style sheets. */
const CONTENT_SECURITY_POLICY = {
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
};

/** Serves Bull Board: every job with its data, attempts, errors and log. Read-only unless actions are allowed. */
export const boardRoutes: FastifyPluginCallback<BoardOptions> = (app, { inspector, allowActions }, done) => {
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(BOARD_PATH);
  const queue = new BullMQAdapter(inspector.queue, {
    readOnlyMode: !allowActions,
    description: 'One job per chunk of an import. A failed job is retried until it succeeds.',
    externalJobUrl: ({ id }) => ({ href: importPath(importIdOf(String(id)) ?? ''), displayText: 'Import' }),
  });
  createBullBoard({
    queues: [queue],
    serverAdapter,
    options: {
      uiConfig: { boardTitle: 'Trackly queue', hideDocsLink: true, miscLinks: [{ text: 'Overview', url: '/' }] },
    },
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY });
    // Bull Board refuses actions, too. This also covers what it overlooks, and what a later version adds.
    if (!allowActions && !isSafeMethod(request.method)) {
      throw new Refusal(403, 'This console is read-only: set OPS_ALLOW_ACTIONS=true to allow changes to the queue.');
    }
  });
  app.register(serverAdapter.registerPlugin(), { prefix: BOARD_PATH });
  done();
};
