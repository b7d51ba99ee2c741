import { openDatabase, readOutcomes } from '@trackly/db';
import { openProducer, openWaiter } from '@trackly/queue';
import { listen, logConnectionErrors, runService } from '@trackly/runtime';
import { openServers, watchRights } from '@trackly/servers';

import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { apiKinds } from './kinds/index.ts';
import { LIMITS } from './load/limits.ts';
import { watchServers } from './load/server-watch.ts';

/** For the turns of requests, for keys that are looked up again, and for the outcomes of imports. */
const POOL_SIZE = LIMITS.turns.atOnce + 4;
const AWAY_AFTER_LOOKS = 15;
const APPLICATION_NAME = 'trackly-api';

/** A client waits for each statement. */
const STATEMENT_TIMEOUT_MS = 4_000;
const WATCH_TIMEOUT_MS = 1_000;

/** Limits for how long reports run: they take PostgreSQL's time from imports. */
const REPORT_TIMEOUT_MS = 15_000;

const MB = 1024 * 1024;

/** Time for clients that are slow to read their answer, or are still sending. */
const LAST_CONNECTIONS_MS = 3_000;

await runService({
  name: 'api',
  readConfig,
  async start(config, logger, resources) {
    const onError = logConnectionErrors(logger);

    const servers = await openServers(config, logger);
    resources.defer(() => servers.close());
    const open = (poolSize: number, statementTimeoutMs: number, isPlannedAnew = false) => {
      const opened = openDatabase({
        url: servers.databaseUrl,
        isPooled: servers.isPooled,
        poolSize,
        applicationName: APPLICATION_NAME,
        statementTimeoutMs,
        isPlannedAnew,
      });
      resources.defer(() => opened.$disconnect());
      return opened;
    };
    const db = open(POOL_SIZE, STATEMENT_TIMEOUT_MS);
    // Reports on a day and on ten years are the same statement, but need different plans.
    const reportsDb = open(LIMITS.reportTurns.atOnce, REPORT_TIMEOUT_MS, true);
    const producer = await openProducer({ server: servers.queueServer, onError });
    resources.defer(() => producer.close());
    const waiter = await openWaiter({
      server: servers.queueServer,
      readOutcomes: (imports) => readOutcomes(db, imports),
      onError,
    });
    resources.defer(() => waiter.close());
    const watch = resources.use(
      await watchServers({
        db: open(1, WATCH_TIMEOUT_MS),
        requestsDb: db,
        producer,
        awayAfterLooks: AWAY_AFTER_LOOKS,
        logger,
      }),
    );

    const { app, drain } = buildApp(
      {
        kinds: apiKinds,
        db,
        reportsDb,
        producer,
        waiter,
        watch,
        rights: resources.use(watchRights(db, servers.queueServer, logger)),
        chunkSize: config.CHUNK_SIZE,
        syncWaitMs: config.SYNC_WAIT_MS,
        maxOpenChunks: config.MAX_OPEN_CHUNKS,
        maxOpenChunksPerAccount: config.MAX_OPEN_CHUNKS_PER_ACCOUNT,
        limits: LIMITS,
        trustedProxies: config.TRUSTED_PROXIES,
        keepAliveMs: config.KEEP_ALIVE_MS,
        maxKeptBytesPerAccount: config.MAX_KEPT_MB_PER_ACCOUNT * MB,
        maxStoredBytesPerAccount: config.MAX_STORED_MB_PER_ACCOUNT * MB,
      },
      logger,
    );
    resources.defer(async () => {
      setTimeout(() => app.server.closeAllConnections(), LAST_CONNECTIONS_MS).unref();
      await app.close();
    });
    resources.defer(drain);
    await listen(app, { host: config.HOST, port: config.PORT, setting: 'PORT' });
  },
});
