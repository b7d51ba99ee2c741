import { openDatabase } from '@trackly/db';
import { openInspector } from '@trackly/queue';
import { isLoopback, listen, logConnectionErrors, LOOPBACK_HOST, runService } from '@trackly/runtime';
import { openServers, watchRights } from '@trackly/servers';

import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { createCredentials } from './session.ts';

const POOL_SIZE = 4;

/** Somebody waits for the page, and viewing the console must not slow imports down. */
const STATEMENT_TIMEOUT_MS = 2_000;

/** Shorter than the statement timeout: pages and scrapes do not wait until the statement has ended. */
const ANSWER_MS = 1_500;

await runService({
  name: 'ops',
  readConfig,
  async start(config, logger, resources) {
    const { HOST: wantedHost, OPS_PORT: port, OPS_USER: user, OPS_PASSWORD: password } = config;
    const onError = logConnectionErrors(logger);

    const isRemote = password !== undefined && !isLoopback(wantedHost);
    const host = isRemote || isLoopback(wantedHost) ? wantedHost : LOOPBACK_HOST;
    if (host !== wantedHost) {
      logger.warn(
        { wantedHost, host },
        'without a password, ops answers this machine only: to open it, set OPS_PASSWORD',
      );
    }
    if (isRemote) {
      logger.warn({ host }, 'passwords for ops can be read on their way here unless something before it speaks TLS');
    }

    const servers = await openServers(config, logger);
    resources.defer(() => servers.close());
    const db = openDatabase({
      url: servers.databaseUrl,
      isPooled: servers.isPooled,
      poolSize: POOL_SIZE,
      applicationName: 'trackly-ops',
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    resources.defer(() => db.$disconnect());
    const inspector = await openInspector({ server: servers.queueServer, onError });
    resources.defer(() => inspector.close());

    const app = buildApp(
      {
        db,
        inspector,
        rights: resources.use(watchRights(db, servers.queueServer, logger)),
        answerMs: ANSWER_MS,
        onError,
        credentials: password === undefined ? undefined : await createCredentials(user, password),
        isRemote,
        allowActions: config.OPS_ALLOW_ACTIONS,
        trustedProxies: config.OPS_TRUSTED_PROXIES,
        keptDays: config.IMPORT_RETENTION_DAYS,
      },
      logger,
    );
    resources.defer(() => app.close());
    const url = await listen(app, { host, port, setting: 'OPS_PORT' });
    logger.info({ url, allowActions: config.OPS_ALLOW_ACTIONS }, 'ops is open');
    // Under npm start, the parent process prints the address.
    process.send?.({ url });
  },
});
