import { startTrackly, type TracklyResult } from '../../support/trackly.ts';

/** The `trackly` command, running. */
export interface Importer extends AsyncDisposable {
  isRunning(): boolean;
  /** Kills it with -9 and waits until it is gone. */
  kill(): Promise<void>;
  /** When it has ended. */
  result: Promise<TracklyResult>;
}

/** Starts `trackly` as a user does. */
export function startImporter(args: readonly string[], env: Record<string, string>): Importer {
  const { child, result } = startTrackly(args, { env, detached: true });
  const kill = async () => {
    child.kill('SIGKILL');
    await result;
  };
  return {
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill,
    result,
    [Symbol.asyncDispose]: kill,
  };
}
