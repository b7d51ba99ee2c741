import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { traceAttributes } from '@trackly/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is done for the request is done in this; undefined for one that was refused before. */
    traceContext: Context | undefined;
  }
}

const tracer = trace.getTracer('trackly');

/** Gives each request a span, below the one that its `traceparent` names. */
export const tracing = plugin((app, _options, done) => {
  app.decorateRequest('traceContext', undefined);

  app.addHook('onRequest', (request, reply, next) => {
    const { method, routeOptions, headers, id } = request;
    const attributes = {
      'http.request.method': method,
      'http.route': routeOptions.url,
      ...traceAttributes({ requestId: id }),
    };
    const caller = propagation.extract(ROOT_CONTEXT, headers);
    const span = tracer.startSpan(`${method} ${routeOptions.url}`, { kind: SpanKind.SERVER, attributes }, caller);
    request.traceContext = trace.setSpan(caller, span);
    reply.raw.once('close', () => endSpan(span, request, reply));
    context.with(request.traceContext, next);
  });

  // While the body came in, the context was the connection's.
  app.addHook('preValidation', (request, _reply, next) => context.with(request.traceContext ?? ROOT_CONTEXT, next));

  done();
});

function endSpan(span: Span, { accountId, importId }: FastifyRequest, reply: FastifyReply): void {
  span.setAttributes(traceAttributes({ accountId: accountId || undefined, importId }));
  if (!reply.raw.writableFinished) span.setAttribute('error.type', 'client_left');
  else span.setAttribute('http.response.status_code', reply.statusCode);
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
