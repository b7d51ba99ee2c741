import { assertMigrated, migrate, openDatabase, readOutcomes } from '@trackly/db';
import { openProducer, openWaiter, prepareQueueServer } from '@trackly/queue';
import { closeOnSignal, createLogger, openServers } from '@trackly/runtime';

import { buildApp } from './app.ts';
import { readConfig } from './config.ts';

const POOL_SIZE = 10;

const config = readConfig();
const logger = createLogger('api', config.LOG_LEVEL);
const onError = (error: Error) => logger.error({ err: error }, 'queue connection');

const servers = await openServers(config, {
  embedded: async ({ databaseUrl, queueServer }) => {
    await migrate(databaseUrl);
    await prepareQueueServer(queueServer);
  },
  external: ({ databaseUrl }) => assertMigrated(databaseUrl),
});
const db = openDatabase({ url: servers.databaseUrl, poolSize: POOL_SIZE, applicationName: 'trackly-api' });
const producer = await openProducer({ server: servers.queueServer, onError });
const waiter = await openWaiter({
  server: servers.queueServer,
  readOutcomes: (imports) => readOutcomes(db, imports),
  onError,
});

const app = buildApp({ db, producer, waiter, chunkSize: config.CHUNK_SIZE, syncWaitMs: config.SYNC_WAIT_MS }, logger);

closeOnSignal(logger, async () => {
  await app.close();
  await waiter.close();
  await producer.close();
  await db.$disconnect();
  await servers.close();
});
await app.listen({ host: config.HOST, port: config.PORT });
