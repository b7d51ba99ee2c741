import { commonSettings, readSettings } from '@trackly/runtime';
import { Type, type Static } from '@sinclair/typebox';

const CliSettings = Type.Object(commonSettings);

/** Which servers to use, as the processes are told. */
export type CliConfig = Static<typeof CliSettings>;

/** @throws naming the setting that is wrong */
export function readConfig(): CliConfig {
  return readSettings(CliSettings, process.env);
}
