import { commonSettings, readSettings, proxyList } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const OpsSettings = Type.Object({
  ...commonSettings,
  HOST: Type.String({ default: '127.0.0.1' }),
  OPS_PORT: Type.Integer({ default: 3001, minimum: 0, maximum: 65_535 }),
  OPS_USER: Type.String({ default: 'admin' }),
  /** Unset: no sign-in, but access from this machine only. */
  OPS_PASSWORD: Type.Optional(Type.String()),
  OPS_ALLOW_ACTIONS: Type.Boolean({ default: false }),
  /** Whose X-Forwarded-* headers are trusted. */
  OPS_TRUSTED_PROXIES: Type.Optional(proxyList),
  IMPORT_RETENTION_DAYS: Type.Integer({ default: 30, minimum: 1, maximum: 36_500 }),
});

/** The settings of this process, from its environment. */
export type OpsConfig = Static<typeof OpsSettings>;

/** @throws naming the setting that is wrong */
export function readConfig(): OpsConfig {
  return readSettings(OpsSettings, process.env);
}
