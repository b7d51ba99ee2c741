import { setTimeout as delay } from 'node:timers/promises';

import { diag, DiagLogLevel } from '@opentelemetry/api';

import manifest from '../package.json' with { type: 'json' };
import { logConnectionErrors } from './connection-errors.ts';
import type { Logger } from './logger.ts';

/** A collector that does not answer holds up the end of the process for so long. */
const LAST_EXPORT_MS = 1_000;

/**
 * Starts to send traces to the collector that the standard variables of OpenTelemetry name. Only this loads the SDK.
 * What cannot be sent is dropped, and said in the log now and then. Disposing of it sends what is left.
 */
export async function startTracing(serviceName: string, logger: Logger): Promise<AsyncDisposable> {
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { defaultResource, resourceFromAttributes } = await import('@opentelemetry/resources');

  const complain = (text: string) => onError(new Error(`OpenTelemetry: ${text}`));
  const onError = logConnectionErrors(logger);
  const ignore = () => undefined;
  const log = { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(log, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });

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
