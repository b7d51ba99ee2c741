import swagger from '@fastify/swagger';
import plugin from 'fastify-plugin';

/** Describes the API, from the schemas that check it, at /openapi.json. */
export const documentation = plugin(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Trackly history import', version: '2' },
      components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
});
