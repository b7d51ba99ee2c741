import { SYNC_WAIT_MS } from '@trackly/contract';
import { commonSettings, readSettings, proxyList } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const ApiSettings = Type.Object({
  ...commonSettings,
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535 }),
  /** Whose X-Forwarded-For is trusted. */
  TRUSTED_PROXIES: Type.Optional(proxyList),
  KEEP_ALIVE_MS: Type.Integer({ default: 72_000, minimum: 1_000, maximum: 3_600_000 }),
  SYNC_WAIT_MS: Type.Integer({ default: SYNC_WAIT_MS, minimum: 0, maximum: 300_000 }),
  CHUNK_SIZE: Type.Integer({ default: 1000, minimum: 1, maximum: 1000 }),
  MAX_OPEN_CHUNKS: Type.Integer({ default: 2000, minimum: 1, maximum: 1_000_000 }),
  MAX_OPEN_CHUNKS_PER_ACCOUNT: Type.Integer({ default: 1000, minimum: 1, maximum: 1_000_000 }),
  MAX_KEPT_MB_PER_ACCOUNT: Type.Integer({ default: 1024, minimum: 0, maximum: 1_000_000_000 }),
  MAX_STORED_MB_PER_ACCOUNT: Type.Integer({ default: 102_400, minimum: 1, maximum: 1_000_000_000 }),
});

/** The settings of this process, from its environment. */
export type ApiConfig = Static<typeof ApiSettings>;

/** @throws naming the setting that is wrong */
export function readConfig(): ApiConfig {
  return readSettings(ApiSettings, process.env);
}
