import type { Logger } from './logger.ts';

/**
 * Ends the process in good order on SIGTERM, SIGINT, or when the parent that holds its IPC channel is gone: calls
 * `close` once, then exits. A second signal exits at once.
 */
export function closeOnSignal(logger: Logger, close: () => Promise<void>): void {
  let closing = false;
  const shutDown = (reason: string) => {
    if (closing) {
      logger.warn({ reason }, 'exiting at once');
      process.exit(1);
    }
    closing = true;
    logger.info({ reason }, 'shutting down');
    close().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', shutDown);
  process.on('SIGINT', shutDown);
  if (process.connected) process.once('disconnect', () => shutDown('parent is gone'));
}
