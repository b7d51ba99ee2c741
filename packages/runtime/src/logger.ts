import { hostname } from 'node:os';

import { trace } from '@opentelemetry/api';
import { pino, stdSerializers, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import pretty from 'pino-pretty';

import manifest from '../package.json' with { type: 'json' };

export type { Logger };

/** What nobody should log in the first place, and what does not reach a log if somebody does. */
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

/** User and password in a URL, in the text of a JSON string. */
const CREDENTIALS = /:\/\/[^\s"\\/@:]*:(?:[^\s"\\]|\\.)*@/g;

/** Writes over the secrets in a finished line, wherever they stand: libraries quote keys and URLs in their errors. */
function hideSecrets(line: string): string {
  const shown = SECRET_FIELD.test(line) ? `${JSON.stringify(JSON.parse(line), hideSecretField)}\n` : line;
  return shown.replace(API_KEY, 'trk_[redacted]').replace(CREDENTIALS, '://[redacted]@');
}

function hideSecretField(key: string, value: unknown): unknown {
  return SECRET_FIELDS.includes(key.toLowerCase()) ? '[redacted]' : value;
}

/**
 * An error without what else libraries hang on theirs, which may be a command with its password, or a row with its
 * values.
 */
function toLoggedError(error: Error): object {
  const { type, message, stack, code, kind, sqlState } = stdSerializers.err(error);
  return { type, message, stack, code, kind, sqlState };
}

/** Where traces are sent, a line tells which one it belongs to. */
function traceFields(): object {
  const { traceId, spanId } = trace.getActiveSpan()?.spanContext() ?? {};
  return { traceId, spanId };
}

/** A logger that writes JSON lines, or readable ones on a terminal; to `destination` if there is one. */
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
