import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Type, TypeGuard, type TSchema } from '@sinclair/typebox';
import type { FastifySchema } from 'fastify';
import plugin from 'fastify-plugin';

import { withComponents } from './components.ts';
import type { Examples } from './responses.ts';

declare module 'fastify' {
  interface FastifySchema {
    /** Described, and checked by whoever reads them. */
    requestHeaders?: Record<string, TSchema>;
    bodyExamples?: Examples;
  }
}

/** What is served under other prefixes is the same. */
const DESCRIBED_PREFIX = '/api/v2/';

/** The page brings everything with it, and talks to this server only. Swagger UI draws its icons with data: images. */
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

const description = `Moves a company's past revenue into Trackly, every record counted exactly once.

A 200 is final: what it says is committed. A 202 means that the import goes on without the client; its address tells how
far it is. A refusal is always \`{"error", "code"}\`, except for a suspended account's, which has no code. After 429 and
503 nothing was accepted, and Retry-After says when to come again.

What cannot even be read as HTTP is answered with 400 \`malformed_request\`, 408 or 431 and, as there is no request,
without X-Request-Id; the connection is closed.`;

/** Describes the API, from the schemas that check it, at /openapi.json; for people at /docs. */
export const documentation = plugin(async (app) => {
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Trackly history import', version: '2', description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/', description: 'The server that this was read from.' }],
      tags: [
        { name: 'History', description: 'Importing what happened before Trackly.' },
        { name: 'Imports', description: 'What became of imports, and taking them back.' },
        { name: 'Reports', description: 'What the imported revenue adds up to.' },
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
    // A route may have no schema, whatever the type says.
    transform: ({ schema, url }) => ({ schema: described({ ...schema }, url), url }),
    transformObject: (document) => ('openapiObject' in document ? withComponents(document.openapiObject) : {}),
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    theme: { title: 'Trackly history import' },
    uiConfig: { layout: 'BaseLayout', persistAuthorization: false, defaultModelsExpandDepth: 0 },
  });
});

function described(schema: FastifySchema, url: string): FastifySchema & { hide: boolean } {
  const { requestHeaders, bodyExamples, querystring, body, ...rest } = schema;
  return {
    ...rest,
    hide: !url.startsWith(DESCRIBED_PREFIX),
    ...(requestHeaders && { headers: Type.Partial(Type.Object(requestHeaders)) }),
    ...(TypeGuard.IsObject(querystring) && {
      // What has a default is filled in, so the validated parameters have it, and the address need not.
      querystring: {
        ...querystring,
        required: querystring.required?.filter((name) => querystring.properties[name]?.default === undefined),
      },
    }),
    ...(TypeGuard.IsObject(body) && { body: { ...body, 'x-examples': bodyExamples } }),
  };
}
