import { commonSettings, readSettings } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const CliSettings = Type.Object(commonSettings);

/** The servers to use. The settings are those of the services. */
export type CliConfig = Static<typeof CliSettings>;

/** @throws naming the setting that is wrong */
export function readConfig(): CliConfig {
  return readSettings(CliSettings, process.env);
}
