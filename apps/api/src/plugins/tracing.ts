import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { traceAttributes } from '@trackly/contract';
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

  app.addHook('onRequest', (request, _reply, next) => {
    const { method, routeOptions, headers, id } = request;
    const attributes = {
      'http.request.method': method,
      'http.route': routeOptions.url,
      ...traceAttributes({ requestId: id }),
    };
    const caller = propagation.extract(ROOT_CONTEXT, headers);
    const span = tracer.startSpan(`${method} ${routeOptions.url}`, { kind: SpanKind.SERVER, attributes }, caller);
    request.traceContext = trace.setSpan(caller, span);
    context.with(request.traceContext, next);
  });

  // While the body came in, the context was the connection's.
  app.addHook('preValidation', (request, _reply, next) => context.with(request.traceContext ?? ROOT_CONTEXT, next));

  app.addHook('onResponse', (request, reply, next) => {
    const { accountId, importId } = request;
    const span = trace.getSpan(request.traceContext ?? ROOT_CONTEXT);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    span?.setAttributes(traceAttributes({ accountId: accountId || undefined, importId }));
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    next();
  });
  done();
});
