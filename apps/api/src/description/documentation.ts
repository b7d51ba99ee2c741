import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Type, TypeGuard, type TSchema } from '@sinclair/typebox';
import type { FastifyPluginAsync, FastifySchema } from 'fastify';
import plugin from 'fastify-plugin';

import { RequestError } from '../http/request-error.ts';
import type { Strangers } from '../load/strangers.ts';
import { withComponents } from './components.ts';
import type { Examples } from './responses.ts';

declare module 'fastify' {
  interface FastifySchema {
    /** Headers for the description only. The code that reads them checks them. */
    requestHeaders?: Record<string, TSchema>;
    bodyExamples?: Examples;
  }
}

/** The only prefix in the description; the API is the same under the others. */
const DESCRIBED_PREFIX = '/api/v2/';

const STATIC_FILES = '/docs/static/';
const FILE_NAME = /^\w[\w.-]{0,99}(?:\?|$)/;

/** The page loads everything from this server. Swagger UI has its icons as data: images. */
const PAGE_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

const ABOUT = `Imports a company's past revenue into Trackly and counts every record exactly once.

A 200 is final: its counts are committed. A 202 means that the import continues without the client; Location names the
address of its state. The answer to a refused request is always \`{"error", "code"}\`, except for a suspended account: it
has no code. With 429 and 503 nothing was accepted, and Retry-After says when to send the request again.

Bodies are JSON in UTF-8, and parameters in an address are percent-encoded UTF-8. Anything else is refused.

A method that a path does not take gets 405 \`method_not_allowed\` with Allow; a path that does not exist gets 404
\`not_found\`. A slash at the end of a path makes no difference.

A request that is not valid HTTP gets 400 \`malformed_request\`, 408 or 431, without X-Request-Id, and the connection is
closed.`;

/** Makes the description of the API from the schemas that check requests. */
export const description = plugin(async (app) => {
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Trackly history import',
        version: '2',
        description: ABOUT,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'The server that serves this description.' }],
      tags: [
        { name: 'History', description: 'Import past records.' },
        { name: 'Imports', description: 'List imports, read their state and errors, undo them.' },
        { name: 'Contacts', description: 'Add and change single contacts, and list them with their stats.' },
        { name: 'Lists', description: 'The lists that contacts are on, which administrators make.' },
        { name: 'Offers', description: 'Add and read offers, which revenue refers to.' },
        { name: 'Reports', description: 'Add up the imported revenue.' },
      ],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'apiKey',
            in: 'header',
            name: 'X-Api-Key',
            description: 'Your API key: `trk_` and 32 letters and digits.',
          },
        },
      },
    },
    // A route may have no schema, although the type requires one.
    transform: ({ schema, url }) => ({ schema: described({ ...schema }, url), url }),
    transformObject: (document) => ('openapiObject' in document ? withComponents(document.openapiObject) : {}),
  });
});

/** Serves the description: /openapi.json for programs, /docs for people. */
export const descriptionRoutes: FastifyPluginAsync<{ strangers: Strangers }> = async (app, { strangers }) => {
  app.addHook('onRequest', async (request, reply) => (await strangers.admit(request, reply))(false));
  // Of several answers that wait for their clients, each refers to the same bytes.
  let document: Buffer | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    document ??= Buffer.from(JSON.stringify(app.swagger()));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  app.addHook('onRequest', async ({ url }) => {
    // The plugin answers some other names with 500, such as one that is too long for the file system.
    if (url.startsWith(STATIC_FILES) && !FILE_NAME.test(url.slice(STATIC_FILES.length)))
      throw new RequestError('not_found');
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    theme: { title: 'Trackly history import' },
    uiConfig: { layout: 'BaseLayout', persistAuthorization: false, defaultModelsExpandDepth: 0 },
  });
};

function described(schema: FastifySchema, url: string): FastifySchema & { hide: boolean } {
  const { requestHeaders, bodyExamples, querystring, body, ...rest } = schema;
  return {
    ...rest,
    hide: !url.startsWith(DESCRIBED_PREFIX),
    ...(requestHeaders && { headers: Type.Partial(Type.Object(requestHeaders)) }),
    ...(TypeGuard.IsObject(querystring) && {
      // Validation fills in defaults: validated parameters always have them, but a client may omit them.
      querystring: {
        ...querystring,
        required: querystring.required?.filter((name) => querystring.properties[name]?.default === undefined),
      },
    }),
    ...(TypeGuard.IsObject(body) && { body: { ...body, 'x-examples': bodyExamples } }),
  };
}
