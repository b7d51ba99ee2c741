import { openDatabase, readOutcomes } from '@trackly/db';
import { openProducer, openWaiter } from '@trackly/queue';
import { runService } from '@trackly/runtime';
import { openServers } from '@trackly/servers';

import { buildApp } from './app.ts';
import { readConfig } from './config.ts';

const POOL_SIZE = 10;

await runService({
  name: 'api',
  readConfig,
  async start(config, logger, resources) {
    const onError = (error: Error) => logger.error({ err: error }, 'queue connection');

    const servers = await openServers(config);
    resources.defer(() => servers.close());
    const db = openDatabase({ url: servers.databaseUrl, poolSize: POOL_SIZE, applicationName: 'trackly-api' });
    resources.defer(() => db.$disconnect());
    const producer = await openProducer({ server: servers.queueServer, onError });
    resources.defer(() => producer.close());
    const waiter = await openWaiter({
      server: servers.queueServer,
      readOutcomes: (imports) => readOutcomes(db, imports),
      onError,
    });
    resources.defer(() => waiter.close());

    const { CHUNK_SIZE: chunkSize, SYNC_WAIT_MS: syncWaitMs } = config;
    const app = buildApp({ db, producer, waiter, chunkSize, syncWaitMs }, logger);
    resources.defer(() => app.close());
    await app.listen({ host: config.HOST, port: config.PORT });
  },
});
