import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { compile } from '@trackly/contract';
import { Type } from '@sinclair/typebox';

/** What is read of OTLP/JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const Attribute = Type.Object({ key: Type.String(), value: Type.Record(Type.String(), Type.Unknown()) });
const OtlpSpan = Type.Object({
  traceId: Type.String(),
  spanId: Type.String(),
  parentSpanId: Type.Optional(Type.String()),
  name: Type.String(),
  kind: Type.Integer(),
  startTimeUnixNano: Type.String(),
  attributes: Type.Array(Attribute),
  status: Type.Object({ code: Type.Optional(Type.Integer()) }),
});
const Export = Type.Object({
  resourceSpans: Type.Array(
    Type.Object({
      resource: Type.Object({ attributes: Type.Array(Attribute) }),
      scopeSpans: Type.Array(Type.Object({ spans: Type.Array(OtlpSpan) })),
    }),
  ),
});
const isExport = compile(Export);

const ERROR = 2;

export interface CollectedSpan {
  service: unknown;
  traceId: string;
  parentId: string | undefined;
  id: string;
  name: string;
  kind: number;
  startedAt: bigint;
  failed: boolean;
  attributes: Record<string, unknown>;
}

/** Takes traces, as an OpenTelemetry collector does. */
export interface Collector extends AsyncDisposable {
  url: string;
  spans: CollectedSpan[];
  /** All that was sent, as it came. */
  readonly received: string;
}

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  let received = '';
  async function take(request: IncomingMessage): Promise<void> {
    const body = await text(request);
    received += body;
    spans.push(...spansOf(JSON.parse(body)));
  }
  const server = createServer((request, response) => {
    void take(request).then(() => response.setHeader('content-type', 'application/json').end('{}'));
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    spans,
    get received() {
      return received;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new Error('The collector does not listen.');
  return address.port;
}

function spansOf(body: unknown): CollectedSpan[] {
  if (!isExport(body)) throw new Error(`This is not OTLP/JSON: ${JSON.stringify(body)}`);
  return body.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = attributesOf(resource.attributes)['service.name'];
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, attributes, status }) => ({
        service,
        traceId,
        parentId: parentSpanId,
        id: spanId,
        name,
        kind,
        startedAt: BigInt(startTimeUnixNano),
        failed: status.code === ERROR,
        attributes: attributesOf(attributes),
      }));
  });
}

function attributesOf(attributes: { key: string; value: Record<string, unknown> }[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** The names of a span and of those below it, in the order in which they began; failed ones are marked. */
export function treeOf(spans: readonly CollectedSpan[], root: CollectedSpan, indent = ''): string[] {
  const children = spans
    .filter(({ parentId, traceId }) => parentId === root.id && traceId === root.traceId)
    .toSorted((one, other) => Number(one.startedAt - other.startedAt));
  const name = `${indent}${root.name}${root.failed ? ' failed' : ''}`;
  return [name, ...children.flatMap((child) => treeOf(spans, child, `${indent}  `))];
}
