import { commonSettings, readSettings } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const WorkerSettings = Type.Object({
  ...commonSettings,
  HOST: Type.String({ default: '127.0.0.1' }),
  WORKER_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  WORKER_CONCURRENCY: Type.Integer({ default: 2, minimum: 1, maximum: 100 }),
  IMPORT_RETENTION_DAYS: Type.Integer({ default: 30, minimum: 1, maximum: 36_500 }),
});

/** The settings of this process, from its environment. */
export type WorkerConfig = Static<typeof WorkerSettings>;

/** @throws naming the setting that is wrong */
export function readConfig(): WorkerConfig {
  return readSettings(WorkerSettings, process.env);
}
