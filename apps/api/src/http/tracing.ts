import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { traceAttributes } from '@trackly/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

const tracer = trace.getTracer('trackly');

/** Runs each request in a span, as a child of the one that its `traceparent` names. */
export const tracing = plugin((app, _options, done) => {
  app.addHook('onRequest', (request, reply, next) => {
    const { method, routeOptions, headers, id } = request;
    const attributes = {
      'http.request.method': method,
      'http.route': routeOptions.url,
      ...traceAttributes({ requestId: id }),
    };
    const caller = propagation.extract(ROOT_CONTEXT, headers);
    const span = tracer.startSpan(`${method} ${routeOptions.url}`, { kind: SpanKind.SERVER, attributes }, caller);
    reply.raw.once('close', () => endSpan(span, request, reply));
    context.with(trace.setSpan(caller, span), next);
  });
  done();
});

function endSpan(span: Span, { accountId, importId }: FastifyRequest, reply: FastifyReply): void {
  span.setAttributes(traceAttributes({ accountId: accountId || undefined, importId }));
  if (!reply.raw.writableFinished) span.setAttribute('error.type', 'client_left');
  else span.setAttribute('http.response.status_code', reply.statusCode);
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
