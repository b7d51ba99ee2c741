import { Type, type Static, type TObject } from '@sinclair/typebox';
import { envSchema } from 'env-schema';

/** The settings that all processes have in common. */
export const commonSettings = {
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  REDIS_URL: Type.Optional(
    Type.String({
      pattern: '^rediss?(\\+(sentinel|cluster))?://',
      description:
        'redis://host:6379, redis+sentinel://host:26379,host:26379/name, redis+cluster://host:6379,host:6379',
    }),
  ),
  /** Prefix of our keys in a shared Redis. The braces keep them on one node of a Redis Cluster. */
  REDIS_PREFIX: Type.String({ default: '{trackly}', minLength: 1 }),
  DATA_DIR: Type.String({ default: '.data' }),
  /** Where traces are sent; unset: nowhere. OpenTelemetry's SDK reads this and its other variables itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(Type.String({ pattern: '^https?://' })),
  LOG_LEVEL: Type.String({ default: 'info', pattern: '^(trace|debug|info|warn|error|fatal|silent)$' }),
};

const PROXY = '([\\d.]+|[\\da-fA-F:.]*:[\\da-fA-F:.]*)(/[\\d.]+)?|loopback|linklocal|uniquelocal';

/** Comma-separated addresses and networks of proxies whose headers are trusted. */
export const proxyList = Type.String({
  pattern: `^ *(${PROXY})( *, *(${PROXY}))* *$`,
  description: 'addresses and networks, not names of hosts: 10.0.0.0/8,fd00::/8',
});

/**
 * Reads settings from environment variables. An empty variable counts as unset.
 *
 * @throws Error naming the invalid setting and what was expected: its pattern and, if it has one, its description
 */
export function readSettings<T extends TObject>(schema: T, env: NodeJS.ProcessEnv): Static<T> {
  const data = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  try {
    return envSchema<Static<T>>({ schema, data, env: false, dotenv: false });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const examples = Object.entries(schema.properties)
      .filter(([name, { description }]) => description && reason.includes(`env/${name} `))
      .map(([name, { description }]) => `; ${name} takes ${description}`);
    throw new Error(`A setting is wrong: ${reason.replaceAll('env/', '')}${examples.join('')}`, { cause });
  }
}
