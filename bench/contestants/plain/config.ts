import { commonSettings, readSettings } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const Settings = Type.Object({
  ...commonSettings,
  WORKER_CONCURRENCY: Type.Integer({ default: 2, minimum: 1, maximum: 100 }),
});

/** What the plain worker is told by its environment: some of what ours is told. */
export type PlainConfig = Static<typeof Settings>;

/** @throws naming the setting that is wrong */
export function readConfig(): PlainConfig {
  return readSettings(Settings, process.env);
}
