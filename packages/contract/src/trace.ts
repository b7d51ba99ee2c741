import { context, SpanStatusCode, trace, type Attributes, type Context, type SpanOptions } from '@opentelemetry/api';

const tracer = trace.getTracer('trackly');

/** What a span is about, as far as it is known. */
export interface TraceSubject {
  requestId?: string | undefined;
  accountId?: string | undefined;
  importId?: string | undefined;
  chunkIndex?: number | undefined;
}

/** What spans are found by. */
export function traceAttributes({ requestId, accountId, importId, chunkIndex }: TraceSubject): Attributes {
  return {
    'trackly.request_id': requestId,
    'trackly.account_id': accountId,
    'trackly.import_id': importId,
    'trackly.chunk_index': chunkIndex,
  };
}

/**
 * Runs something in a span of its own, below `parent` if there is one. A failure is told by its name alone: an error's
 * text can hold what is nobody else's business. Where no traces are sent, it costs next to nothing.
 */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  run: () => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  return tracer.startActiveSpan(name, options, parent, async (span) => {
    try {
      return await run();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}
