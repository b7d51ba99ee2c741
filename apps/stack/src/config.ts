import { commonSettings, readSettings } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const StackSettings = Type.Object({
  ...commonSettings,
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 3000, minimum: 1, maximum: 65_535 }),
  OPS_PORT: Type.Integer({ default: 3001, minimum: 1, maximum: 65_535 }),
});

/** The settings that the stack shares with its processes. */
export type StackConfig = Static<typeof StackSettings>;

/** @throws naming the setting that is wrong */
export function readConfig(): StackConfig {
  return readSettings(StackSettings, process.env);
}
