import { Type, type Static } from '@sinclair/typebox';
import { compile } from '@trackly/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import type { Answer } from '../../support/http.ts';

const Example = Type.Object({ value: Type.Unknown() });
const Content = Type.Record(
  Type.String(),
  Type.Object({ schema: Type.Unknown(), examples: Type.Record(Type.String(), Example) }),
);
const Reference = Type.Object({ $ref: Type.String() });
const Operation = Type.Object({
  operationId: Type.String(),
  requestBody: Type.Optional(Type.Object({ content: Content })),
  responses: Type.Record(
    Type.String(),
    Type.Object({ headers: Type.Record(Type.String(), Reference), content: Content }),
  ),
});
type Operation = Static<typeof Operation>;

const Document = Type.Object({
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)),
  components: Type.Object({
    headers: Type.Record(
      Type.String(),
      Type.Object({ required: Type.Optional(Type.Boolean()), schema: Type.Object({ type: Type.String() }) }),
    ),
    schemas: Type.Record(Type.String(), Type.Unknown()),
  }),
});
type Document = Static<typeof Document>;
const isDocument = compile(Document);

/** Headers of ours: a response has them only when it is described with them. */
const OURS =
  /^(x-(request-id|import-id|dry-run)|location|retry-after|import-notices|idempotent-replayed|preference-applied|content-disposition)$/;

/** What a server says of itself, to hold its answers against. */
export class Description {
  readonly #document: Document;
  readonly #ajv: Ajv2020;

  /** @throws when it is no description of the form that ours has */
  constructor(served: unknown) {
    if (!isDocument(served)) throw new Error(`Not a description of an API: ${JSON.stringify(isDocument.errors)}`);
    this.#document = served;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addFormat('decimal', true);
    this.#ajv.addSchema({ ...strict(served), $id: 'openapi' });
  }

  /** Everything that is documented, as {@link misfits} names what it has seen. */
  get documented(): string[] {
    return this.#operations().flatMap((operation) =>
      Object.entries(operation.responses).flatMap(([status, { content }]) =>
        Object.entries(content).flatMap(([mediaType, { examples }]) => {
          const seen = nameOf(operation.operationId, status, mediaType);
          // A refusal has one example for each of its codes.
          return Number(status) < 400 ? [seen] : Object.keys(examples).map((code) => `${seen} ${code}`);
        }),
      ),
    );
  }

  /** Says where an answer is not as documented, and which of {@link documented} it is an instance of. */
  check(operationId: string, answer: Answer): { seen: string; misfits: string[] } {
    const { status, headers, json, text } = answer;
    const [mediaType = ''] = (headers.get('content-type') ?? '').split(';');
    const response = this.#operation(operationId).responses[status];
    const media = response?.content[mediaType];
    const name = nameOf(operationId, String(status), mediaType);
    if (!response || !media) return { seen: name, misfits: [`${name} is not documented: ${text}`] };

    const isRefusal = status >= 400;
    const code = typeof json === 'object' && json !== null && 'code' in json ? json.code : 'suspended';
    const body = json === undefined ? text : json;
    return {
      seen: isRefusal ? `${name} ${String(code)}` : name,
      misfits: [
        ...this.#misfits(media.schema, body, `${name} body`),
        ...this.#headerMisfits(name, Object.keys(response.headers), headers),
      ],
    };
  }

  /** Where examples do not fit their own schemas. */
  get exampleMisfits(): string[] {
    return this.#operations().flatMap(({ operationId, requestBody, responses }) =>
      [requestBody?.content ?? {}, ...Object.values(responses).map(({ content }) => content)].flatMap((content) =>
        Object.values(content).flatMap(({ schema, examples }) =>
          Object.entries(examples).flatMap(([name, { value }]) =>
            this.#misfits(schema, value, `${operationId} example ${name}`),
          ),
        ),
      ),
    );
  }

  #operations(): Operation[] {
    return Object.values(this.#document.paths).flatMap((methods) => Object.values(methods));
  }

  #operation(operationId: string): Operation {
    const operation = this.#operations().find((each) => each.operationId === operationId);
    if (!operation) throw new Error(`No operation is called ${operationId}.`);
    return operation;
  }

  #headerMisfits(name: string, documented: string[], headers: Headers): string[] {
    const described = new Map(documented.map((header) => [header.toLowerCase(), header]));
    const undocumented = [...headers.keys()].filter((header) => OURS.test(header) && !described.has(header));
    return [
      ...undocumented.map((header) => `${name} has the undocumented header ${header}`),
      ...[...described].flatMap(([key, header]) => {
        const value = headers.get(key);
        const { required, schema } = this.#document.components.headers[header] ?? { required: true, schema: undefined };
        if (value === null) return required ? [`${name} lacks the header ${header}`] : [];
        return this.#misfits(schema, schema?.type === 'integer' ? Number(value) : value, `${name} header ${header}`);
      }),
    ];
  }

  #misfits(schema: unknown, value: unknown, what: string): string[] {
    const validate = this.#ajv.compile(strict(schema));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [what, instancePath, message, JSON.stringify(params)].join(' '),
    );
  }
}

function nameOf(operationId: string, status: string, mediaType: string): string {
  return `${operationId} ${status} ${mediaType}`;
}

const isObject = compile(Type.Object({}));
const isObjectSchema = compile(Type.Object({ type: Type.Literal('object'), properties: Type.Object({}) }));

/** A part of what is said of an object leaves the other fields to the other parts. */
function lenient(schemas: unknown): unknown {
  return JSON.parse(JSON.stringify(schemas), (key, value: unknown) =>
    key === 'additionalProperties' && value === false ? undefined : value,
  );
}

/** No object has fields that are not described, and references lead into the document. */
function strict(schema: unknown): object {
  const rewritten = JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(/^#/, 'openapi#');
    if (key === 'allOf') return lenient(value);
    return isObjectSchema(value) ? { additionalProperties: false, ...value } : value;
  });
  if (!isObject(rewritten)) throw new Error(`Not a schema: ${JSON.stringify(schema)}`);
  return rewritten;
}
