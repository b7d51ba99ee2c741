import { STATEMENT_MS } from '@trackly/contract';
import { kinds, openDatabase, UNDO_TIMEOUT_MS, type Database } from '@trackly/db';
import { openConsumer, openProducer, type Producer } from '@trackly/queue';
import { addRightsMetric, logConnectionErrors, openStatusServer, runService, type Readiness } from '@trackly/runtime';
import { openServers, watchRights, type RightsWatch } from '@trackly/servers';

import { startChore } from './chores/chore.ts';
import { reconcile } from './chores/reconcile.ts';
import { removeOldImports } from './chores/remove-old-imports.ts';
import { readConfig } from './config.ts';
import { createHandlers } from './handlers/index.ts';
import { causeOf, createWorkerMetrics } from './metrics.ts';

/** Connections in addition to those that save chunks. */
const CHORE_CONNECTIONS = 2;

const USUAL_STATUS_PORT = 3002;

await runService({
  name: 'worker',
  readConfig,
  async start(config, logger, resources) {
    const { WORKER_CONCURRENCY: concurrency, IMPORT_RETENTION_DAYS: keptDays } = config;
    const onError = logConnectionErrors(logger);

    const servers = await openServers(config, logger);
    resources.defer(() => servers.close());
    const open = (poolSize: number, statementTimeoutMs: number) => {
      const opened = openDatabase({
        url: servers.databaseUrl,
        isPooled: servers.isPooled,
        poolSize,
        applicationName: 'trackly-worker',
        statementTimeoutMs,
      });
      resources.defer(() => opened.$disconnect());
      return opened;
    };
    const db = open(concurrency + CHORE_CONNECTIONS, STATEMENT_MS);
    const undoDb = open(concurrency, UNDO_TIMEOUT_MS);
    const producer = await openProducer({ server: servers.queueServer, onError });
    resources.defer(() => producer.close());
    const metrics = createWorkerMetrics(db);
    const rights = resources.use(watchRights(db, servers.queueServer, logger));
    addRightsMetric(metrics.registry, () => rights.areComplete);

    resources.use(startChore(reconcile({ db, producer, metrics, logger }), db, logger));
    resources.use(startChore(removeOldImports({ db, keptDays, metrics, logger }), db, logger));
    const consumer = await openConsumer({
      server: servers.queueServer,
      handlers: createHandlers(Object.values(kinds), { db, undoDb, producer, metrics, logger }),
      concurrency,
      onError,
      onFailedAttempt: ({ error, chunk, ...attempt }) => {
        metrics.retries.inc({ cause: causeOf(error) });
        logger.warn({ err: error, ...chunk, ...attempt }, 'attempt failed, will be retried');
      },
    });
    resources.defer(() => consumer.close());

    const status = await openStatusServer({
      host: config.HOST,
      port: config.WORKER_PORT,
      usualPort: USUAL_STATUS_PORT,
      setting: 'WORKER_PORT',
      metrics: metrics.registry,
      readiness: () => readinessOf(db, producer, rights),
    });
    resources.use(status);
    logger.info({ concurrency, status: status.url }, 'taking jobs');
  },
});

async function readinessOf(db: Database, producer: Producer, rights: RightsWatch): Promise<Readiness> {
  if (!rights.areComplete) return 'unavailable';
  try {
    await Promise.all([db.$queryRaw`SELECT 1`, producer.ping()]);
    return 'ready';
  } catch {
    return 'unavailable';
  }
}
