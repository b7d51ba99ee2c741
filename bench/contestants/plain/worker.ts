import { openDatabase } from '@trackly/db';
import { openConsumer } from '@trackly/queue';
import { logConnectionErrors, runService } from '@trackly/runtime';
import { openServers } from '@trackly/servers';

import { readConfig } from './config.ts';
import { savePlainly } from './save.ts';
import { savingWith } from '../../../test/support/handlers.ts';

// A worker that is the product's in everything but how it saves a chunk.
await runService({
  name: 'plain-worker',
  readConfig,
  async start(config, logger, resources) {
    const { WORKER_CONCURRENCY: concurrency } = config;
    const servers = await openServers(config, logger);
    resources.defer(() => servers.close());
    const { databaseUrl: url, queueServer: server } = servers;
    const db = openDatabase({ url, poolSize: concurrency, applicationName: 'plain-worker' });
    resources.defer(() => db.$disconnect());
    const consumer = await openConsumer({
      server,
      handlers: savingWith((job) => savePlainly(db, job)),
      concurrency,
      onError: logConnectionErrors(logger),
      onFailedAttempt: ({ error }) => logger.warn({ err: error }, 'attempt failed, will be retried'),
    });
    resources.defer(() => consumer.close());
    logger.info({ concurrency }, 'taking jobs');
  },
});
