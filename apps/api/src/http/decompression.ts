import compress from '@fastify/compress';
import plugin from 'fastify-plugin';

/** Decompresses bodies. Coding names are case-insensitive, and `identity` means no coding (RFC 9110, section 8.4). */
export const decompression = plugin(async (app) => {
  app.addHook('onRequest', async ({ headers }) => {
    const coding = headers['content-encoding']?.toLowerCase();
    if (coding === 'identity') delete headers['content-encoding'];
    else if (coding !== undefined) headers['content-encoding'] = coding;
  });
  await app.register(compress, { globalCompression: false, requestEncodings: ['gzip', 'deflate', 'br'] });
});
