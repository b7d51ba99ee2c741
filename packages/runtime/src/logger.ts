import { pino, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/** Paths that must not reach a log, wherever a request or an error is logged. */
const REDACTED = ['req.headers["x-api-key"]', 'headers["x-api-key"]', '*.headers["x-api-key"]'];

/** A logger that writes JSON lines, or readable ones on a terminal; to `destination` if there is one. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options = { name, level, redact: REDACTED };
  if (destination) return pino(options, destination);
  return process.stdout.isTTY
    ? pino(options, pretty({ sync: true, singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l' }))
    : pino(options);
}
