import { setTimeout as delay } from 'node:timers/promises';

import { context, diag, DiagLogLevel, ROOT_CONTEXT, type Exception } from '@opentelemetry/api';

import manifest from '../package.json' with { type: 'json' };
import type { Logger } from './logger.ts';

/** A collector that does not answer holds up the end of the process for so long. */
const LAST_EXPORT_MS = 1_000;

/** A collector may be away for a night: nothing but traces is lost. */
const SAY_AGAIN_MS = 60_000;

/**
 * Starts to send traces to the collector that the standard variables of OpenTelemetry name. Only this loads the SDK.
 * What cannot be sent is dropped. Disposing of it sends what is left, as far as that takes a second.
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

  // Below what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say.
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.version': manifest.version });
  // Traces alone: without these two it would send logs and metrics, too.
  const sdk = new NodeSDK({ resource: defaultResource().merge(resource), logRecordProcessors: [], metricReaders: [] });
  sdk.start();
  return {
    async [Symbol.asyncDispose]() {
      const sent = sdk.shutdown().catch(ignore);
      await Promise.race([sent, delay(LAST_EXPORT_MS)]);
    },
  };
}

/** Logs what goes wrong with traces, once a minute at most, and not as part of the trace that happened to be sent. */
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

/** Several failed connections, as to both addresses of localhost, are one error with a code and no message. */
function reasonOf(error: Exception): string {
  if (typeof error === 'string') return error;
  return error.message || String(error.code ?? error.name);
}
