import { hostname } from 'node:os';

import { trace } from '@opentelemetry/api';
import { pino, stdSerializers, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import pretty from 'pino-pretty';

import manifest from '../package.json' with { type: 'json' };

export type { Logger };

/** Fields whose values are removed from log lines, in case a caller logs them by mistake. */
const SECRET_FIELDS = [
  'x-api-key',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'password',
  'body',
  'records',
];
const SECRET_FIELD = new RegExp(`"(?:${SECRET_FIELDS.join('|')})":`, 'i');

const API_KEY = /trk_[0-9A-Za-z]{8,}/g;

/** Matches user and password of a URL in the text of a JSON string. */
const CREDENTIALS = /:\/\/[^\s"\\/@:]*:(?:[^\s"\\]|\\.)*@/g;

/** Replaces secrets anywhere in a finished line: libraries quote keys and URLs in their errors. */
function hideSecrets(line: string): string {
  const shown = SECRET_FIELD.test(line) ? `${JSON.stringify(JSON.parse(line), hideSecretField)}\n` : line;
  return shown.replace(API_KEY, 'trk_[redacted]').replace(CREDENTIALS, '://[redacted]@');
}

function hideSecretField(key: string, value: unknown): unknown {
  return SECRET_FIELDS.includes(key.toLowerCase()) ? '[redacted]' : value;
}

/**
 * Reduces an error to its standard properties. Libraries add others, such as a command with its password or a row with
 * its values.
 */
function toLoggedError(error: Error): object {
  const { type, message, stack, code, kind, sqlState } = stdSerializers.err(error);
  return { type, message, stack, code, kind, sqlState };
}

/** The trace that a line belongs to, if traces are sent. */
function traceFields(): object {
  const { traceId, spanId } = trace.getActiveSpan()?.spanContext() ?? {};
  return { traceId, spanId };
}

/** Creates a logger that writes JSON lines, or readable lines on a terminal, to stdout or to `destination`. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { name, version: manifest.version, hostname: hostname(), pid: process.pid },
    serializers: { err: toLoggedError },
    mixin: traceFields,
    hooks: { streamWrite: hideSecrets },
  };
  if (destination) return pino(options, destination);
  return process.stdout.isTTY
    ? pino(
        options,
        pretty({ sync: true, singleLine: true, ignore: 'pid,hostname,version', translateTime: 'SYS:HH:MM:ss.l' }),
      )
    : pino(options);
}
