import { createLogger, type Logger } from './logger.ts';
import { startTracing } from './tracing.ts';

/** One Ctrl-C can arrive twice, from the terminal and forwarded by npm. */
const SAME_SIGNAL_MS = 1_000;

/** Supervisors kill a process 30 s after the signal: before that, log what could not be closed. */
const LONGEST_END_MS = 28_000;

/** The settings that every service has. */
interface ServiceConfig {
  LOG_LEVEL: string;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}

export interface Service<Config> {
  /** The name in logs and traces, without `trackly-`. */
  name: string;
  /** @throws naming the setting that is wrong */
  readConfig: () => Config;
  /** Starts the service. What it adds to `resources` is closed in reverse order when the service ends. */
  start: (config: Config, logger: Logger, resources: AsyncDisposableStack) => Promise<void>;
}

/**
 * Runs a service as this process. Ends it in good order on SIGTERM, on SIGINT and when the IPC channel to its parent
 * closes, even while it is starting. Ends it at once on a second signal, or if ending takes longer than 28 seconds. The
 * exit code is 1 if the service could not start.
 */
export async function runService<Config extends ServiceConfig>(service: Service<Config>): Promise<void> {
  const config = readOrExit(service);
  const name = `trackly-${service.name}`;
  const logger = createLogger(name, config.LOG_LEVEL);
  const resources = new AsyncDisposableStack();
  const start = async () => {
    if (config.OTEL_EXPORTER_OTLP_ENDPOINT) resources.use(await startTracing(name, logger));
    await service.start(config, logger, resources);
  };
  const starting = start();

  onEnd(logger, async () => {
    await starting.catch(() => undefined);
    await resources.disposeAsync();
  });
  try {
    await starting;
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    await resources.disposeAsync();
    process.exit(1);
  }
}

function readOrExit<Config>({ name, readConfig }: Service<Config>): Config {
  try {
    return readConfig();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function onEnd(logger: Logger, close: () => Promise<void>): void {
  let closingSince: number | undefined;

  async function end(reason: string): Promise<void> {
    if (closingSince !== undefined) {
      if (Date.now() - closingSince < SAME_SIGNAL_MS) return;
      logger.warn({ reason }, 'ending at once');
      process.exit(1);
    }
    closingSince = Date.now();
    logger.info({ reason }, 'shutting down');
    setTimeout(() => {
      logger.error('something could not be closed in time');
      process.exit(1);
    }, LONGEST_END_MS).unref();
    try {
      await close();
      logger.info('stopped');
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'shutdown failed');
      process.exit(1);
    }
  }

  process.on('SIGTERM', (signal) => void end(signal));
  process.on('SIGINT', (signal) => void end(signal));
  if (process.connected) process.once('disconnect', () => void end('parent is gone'));
}
