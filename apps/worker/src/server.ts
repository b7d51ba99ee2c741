import { assertMigrated, migrate, openDatabase } from '@trackly/db';
import { openConsumer, prepareQueueServer } from '@trackly/queue';
import { closeOnSignal, createLogger, openServers } from '@trackly/runtime';

import { readConfig } from './config.ts';
import { saveRevenueChunkHandler } from './handlers/save-revenue-chunk.ts';

const config = readConfig();
const logger = createLogger('worker', config.LOG_LEVEL);

const servers = await openServers(config, {
  embedded: async ({ databaseUrl, queueServer }) => {
    await migrate(databaseUrl);
    await prepareQueueServer(queueServer);
  },
  external: ({ databaseUrl }) => assertMigrated(databaseUrl),
});
const db = openDatabase({
  url: servers.databaseUrl,
  poolSize: config.WORKER_CONCURRENCY,
  applicationName: 'trackly-worker',
});
const consumer = await openConsumer({
  server: servers.queueServer,
  handlers: { 'save-revenue-chunk': saveRevenueChunkHandler(db, logger) },
  concurrency: config.WORKER_CONCURRENCY,
  onError: (error) => logger.error({ err: error }, 'queue connection'),
  onFailedAttempt: ({ error, ...attempt }) => logger.warn({ err: error, ...attempt }, 'attempt failed, will be retried'),
});
logger.info({ concurrency: config.WORKER_CONCURRENCY }, 'taking jobs');

closeOnSignal(logger, async () => {
  await consumer.close();
  await db.$disconnect();
  await servers.close();
});
