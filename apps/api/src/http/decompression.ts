import compress from '@fastify/compress';
import plugin from 'fastify-plugin';

/**
 * Decompresses bodies. Coding names are case-insensitive, `identity` means no coding, and `x-gzip` is `gzip` (RFC 9110,
 * section 8.4).
 */
export const decompression = plugin(async (app) => {
  app.addHook('onRequest', async ({ headers }) => {
    const coding = headers['content-encoding']?.toLowerCase();
    if (coding === 'identity') delete headers['content-encoding'];
    else if (coding !== undefined) headers['content-encoding'] = coding === 'x-gzip' ? 'gzip' : coding;
  });
  await app.register(compress, { globalCompression: false, requestEncodings: ['gzip', 'deflate', 'br'] });
});
