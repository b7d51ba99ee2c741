import { context, SpanStatusCode, trace, type Attributes, type Context, type SpanOptions } from '@opentelemetry/api';

const tracer = trace.getTracer('trackly');

/** What a span is about, as far as known. */
export interface TraceSubject {
  requestId?: string | undefined;
  accountId?: string | undefined;
  importId?: string | undefined;
  chunkIndex?: number | undefined;
}

/** The attributes by which spans are found. */
export function traceAttributes({ requestId, accountId, importId, chunkIndex }: TraceSubject): Attributes {
  return {
    'trackly.request_id': requestId,
    'trackly.account_id': accountId,
    'trackly.import_id': importId,
    'trackly.chunk_index': chunkIndex,
  };
}

/**
 * Runs a function in a new span, a child of `parent` if there is one. Records only the name of an error, because its
 * text can contain confidential values. Costs next to nothing if no traces are sent.
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
