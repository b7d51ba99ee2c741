import { openDatabase } from '@trackly/db';
import { openConsumer } from '@trackly/queue';
import { runService } from '@trackly/runtime';
import { openServers } from '@trackly/servers';

import { readConfig } from './config.ts';
import { saveRevenueChunkHandler } from './handlers/save-revenue-chunk.ts';

await runService({
  name: 'worker',
  readConfig,
  async start({ WORKER_CONCURRENCY: concurrency, ...settings }, logger, resources) {
    const servers = await openServers(settings);
    resources.defer(() => servers.close());
    const db = openDatabase({
      url: servers.databaseUrl,
      poolSize: concurrency,
      applicationName: 'trackly-worker',
    });
    resources.defer(() => db.$disconnect());
    const consumer = await openConsumer({
      server: servers.queueServer,
      handlers: { 'save-revenue-chunk': saveRevenueChunkHandler(db, logger) },
      concurrency,
      onError: (error) => logger.error({ err: error }, 'queue connection'),
      onFailedAttempt: ({ error, ...attempt }) =>
        logger.warn({ err: error, ...attempt }, 'attempt failed, will be retried'),
    });
    resources.defer(() => consumer.close());
    logger.info({ concurrency }, 'taking jobs');
  },
});
