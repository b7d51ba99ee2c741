import { createLogger, type Logger } from './logger.ts';
import { startTracing } from './tracing.ts';

/** One Ctrl-C arrives twice where npm forwards what the terminal has sent already. */
const SAME_SIGNAL_MS = 1_000;

/** Whoever sent the signal kills us after 30 s: what could not be closed by then is said before. */
const LONGEST_END_MS = 28_000;

/** What every service is told. */
interface ServiceConfig {
  LOG_LEVEL: string;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}

export interface Service<Config> {
  /** As it stands in logs and traces after `trackly-`. */
  name: string;
  /** @throws naming the setting that is wrong */
  readConfig: () => Config;
  /** Opens what the service needs; what it defers is closed in reverse order when the service ends. */
  start: (config: Config, logger: Logger, resources: AsyncDisposableStack) => Promise<void>;
}

/**
 * Runs a service as this process. It ends in good order on SIGTERM, on SIGINT, and when a parent that holds an IPC
 * channel to it is gone, even while it is still starting; at once on a second signal, or when that takes longer than 28
 * seconds; with exit code 1 when it could not start.
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
