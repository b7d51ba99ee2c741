import { openDatabase } from '@trackly/db';
import { openInspector } from '@trackly/queue';
import { createLogger, type Logger } from '@trackly/runtime';

import { buildApp } from '../../../apps/ops/src/app.ts';
import { createCredentials } from '../../../apps/ops/src/session.ts';
import { HANGS_AFTER_MS, PATIENT } from '../../support/limits.ts';
import type { StackOptions } from '../../support/stack.ts';

export const USER = 'admin';
export const PASSWORD = 'correct horse battery';

export interface TestOpsOptions extends Pick<StackOptions, 'databaseUrl' | 'queueServer'> {
  /** None: everyone on this machine gets in. */
  password?: string;
  isRemote?: boolean;
  allowActions?: boolean;
  trustedProxies?: string;
  /** Default: nothing is logged. */
  logger?: Logger;
  /** Default: as long as a busy machine may need. */
  statementTimeoutMs?: number;
  /** Default: as long as a busy machine may need. */
  answerMs?: number;
}

export interface TestOps extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string;
}

const silent = createLogger('test', 'silent');

/** Starts the console as its process does, in this process, on a free port. */
export async function startOps(options: TestOpsOptions): Promise<TestOps> {
  const { databaseUrl, queueServer, password, isRemote = false, allowActions = false, trustedProxies } = options;
  const { logger = silent, statementTimeoutMs = HANGS_AFTER_MS, answerMs = HANGS_AFTER_MS } = options;
  await using starting = new AsyncDisposableStack();
  const db = openDatabase({
    url: databaseUrl,
    poolSize: 3,
    applicationName: 'trackly-ops',
    ...PATIENT,
    statementTimeoutMs,
  });
  starting.defer(() => db.$disconnect());
  const onError = () => undefined;
  const inspector = await openInspector({ server: queueServer, onError });
  starting.defer(() => inspector.close());
  const credentials = password ? await createCredentials(USER, password) : undefined;
  const app = buildApp(
    {
      db,
      inspector,
      answerMs,
      onError,
      credentials,
      isRemote,
      allowActions,
      trustedProxies,
      keptDays: 30,
      rights: { areComplete: true },
    },
    logger,
  );
  starting.defer(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const running = starting.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
