import compress from '@fastify/compress';
import plugin from 'fastify-plugin';

/** Takes compressed bodies. Names of codings come in any case, and `identity` is none: RFC 9110, section 8.4. */
export const decompression = plugin(async (app) => {
  app.addHook('onRequest', async ({ headers }) => {
    const coding = headers['content-encoding']?.toLowerCase();
    if (coding === 'identity') delete headers['content-encoding'];
    else if (coding !== undefined) headers['content-encoding'] = coding;
  });
  await app.register(compress, { globalCompression: false, requestEncodings: ['gzip', 'deflate', 'br'] });
});
