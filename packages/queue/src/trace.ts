import { context, propagation, ROOT_CONTEXT, SpanKind, trace, type Context } from '@opentelemetry/api';
import { inSpan, traceAttributes } from '@trackly/contract';

import type { Attempt, ChunkJob, JobName } from './catalog.ts';

/** The options in which BullMQ keeps the trace context of a job. */
interface TraceCarrier {
  telemetry?: { metadata?: string };
}

/**
 * Adds jobs in a span of the current trace. Passes `add` the trace context for the jobs, so that their spans become
 * children of it. Never begins a trace: a job without a trace context begins its own.
 */
export async function inEnqueueSpan(
  name: JobName,
  chunks: readonly ChunkJob[],
  add: (carrier: TraceCarrier) => Promise<void>,
): Promise<void> {
  const [first] = chunks;
  if (!trace.getActiveSpan() || !first) return add({});
  const { accountId, importId, requestId } = first;
  const attributes = {
    ...traceAttributes({ accountId, importId, requestId }),
    'messaging.system': 'bullmq',
    'messaging.batch.message_count': chunks.length,
  };
  await inSpan(`enqueue ${name}`, { kind: SpanKind.PRODUCER, attributes }, () => {
    const carrier = {};
    propagation.inject(context.active(), carrier);
    return add({ telemetry: { metadata: JSON.stringify(carrier) } });
  });
}

/** Does a job in a span of the trace that it carries, or of a new one. */
export async function inJobSpan<T>(
  name: string,
  attempt: Attempt,
  carrier: TraceCarrier,
  run: () => Promise<T>,
): Promise<T> {
  const attributes = { 'messaging.system': 'bullmq', 'trackly.attempt': attempt.number };
  return inSpan(`process ${name}`, { kind: SpanKind.CONSUMER, attributes }, run, contextOf(carrier));
}

/** Runs a function, such as logging, in the trace context of a job. */
export function inTraceOf(carrier: TraceCarrier, run: () => void): void {
  context.with(contextOf(carrier), run);
}

function contextOf({ telemetry }: TraceCarrier): Context {
  if (!telemetry?.metadata) return ROOT_CONTEXT;
  const carrier: unknown = JSON.parse(telemetry.metadata);
  return propagation.extract(ROOT_CONTEXT, carrier);
}
