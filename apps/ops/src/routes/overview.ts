import type { FastifyPluginCallback } from 'fastify';

import type { Monitor } from '../monitor.ts';
import { sendPage } from '../views/layout.ts';
import { overviewPage } from '../views/overview.ts';

export interface OverviewOptions {
  monitor: Monitor;
  /** Name of the server that holds the queue. */
  queueServer: string;
}

/** Serves the overview. */
export const overviewRoutes: FastifyPluginCallback<OverviewOptions> = (app, { monitor, queueServer }, done) => {
  app.get('/', async (_request, reply) => {
    const [servers, news] = await Promise.all([monitor.readServers(), monitor.readNews()]);
    return sendPage(reply, overviewPage({ ...servers, ...news, queueServer }));
  });
  done();
};
