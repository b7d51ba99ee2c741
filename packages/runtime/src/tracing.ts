import { setTimeout as delay } from 'node:timers/promises';

import { context, diag, DiagLogLevel, ROOT_CONTEXT, type Exception } from '@opentelemetry/api';

import manifest from '../package.json' with { type: 'json' };
import type { Logger } from './logger.ts';

/** How long a collector that does not answer can delay the end of the process. */
const LAST_EXPORT_MS = 1_000;

/** Interval of repeated log lines: a collector may be away for a night, which loses nothing but traces. */
const SAY_AGAIN_MS = 60_000;

/**
 * Starts to send traces to the collector that the standard variables of OpenTelemetry name. Only this function loads
 * the SDK. Drops traces that cannot be sent. Disposing of the result sends the remaining traces, for up to a second.
 */
export async function startTracing(serviceName: string, logger: Logger): Promise<AsyncDisposable> {
  const { setGlobalErrorHandler } = await import('@opentelemetry/core');
  const { defaultResource, resourceFromAttributes } = await import('@opentelemetry/resources');
  const { NodeSDK } = await import('@opentelemetry/sdk-node');

  const complain = nowAndThen(logger);
  const ignore = () => undefined;
  setGlobalErrorHandler((error) => complain(reasonOf(error)));
  diag.setLogger(
    { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );

  // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES override these.
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.version': manifest.version });
  // Send traces only: without the two empty lists, the SDK would send logs and metrics, too.
  const sdk = new NodeSDK({ resource: defaultResource().merge(resource), logRecordProcessors: [], metricReaders: [] });
  sdk.start();
  return {
    async [Symbol.asyncDispose]() {
      const sent = sdk.shutdown().catch(ignore);
      await Promise.race([sent, delay(LAST_EXPORT_MS)]);
    },
  };
}

/** Logs trouble with traces at most once a minute, outside of the trace that happens to be active. */
function nowAndThen(logger: Logger): (reason: string) => void {
  let saidAt = -Infinity;
  let unsaid = 0;
  return (reason) => {
    if (Date.now() - saidAt < SAY_AGAIN_MS) {
      unsaid += 1;
      return;
    }
    context.with(ROOT_CONTEXT, () => logger.warn({ reason, unsaid }, 'trouble with traces'));
    saidAt = Date.now();
    unsaid = 0;
  };
}

/** An error for several failed connections, such as to both addresses of localhost, has a code but no message. */
function reasonOf(error: Exception): string {
  if (typeof error === 'string') return error;
  return error.message || String(error.code ?? error.name);
}
