import { SpanKind, trace } from '@opentelemetry/api';
import { inSpan } from '@trackly/contract';

import { DatabaseError } from './database-error.ts';

/** Every statement begins with its name in a comment, which PostgreSQL also shows in pg_stat_activity and its log. */
const NAME = /^\s*\/\* ([\w-]+) \*\//;

/** Runs a statement in a span of the current trace. Never begins a trace, because polls belong to no request. */
export async function inStatementSpan<T>(text: string, run: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()) return run();
  const name = NAME.exec(text)?.[1] ?? 'statement';
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
  return inSpan(name, { kind: SpanKind.CLIENT, attributes }, async () => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof DatabaseError) trace.getActiveSpan()?.setAttribute('trackly.failure', error.kind);
      if (error instanceof DatabaseError && error.sqlState) {
        trace.getActiveSpan()?.setAttribute('db.response.status_code', error.sqlState);
      }
      throw error;
    }
  });
}
