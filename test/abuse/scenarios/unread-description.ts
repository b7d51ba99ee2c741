import type { Scenario } from '../scenario.ts';
import { get } from '../support/requests.ts';

const PIPELINED = 300;

export const unreadDescription: Scenario = {
  name: 'unread-description',
  attack:
    'without a key, 80 connections each ask 300 times for /openapi.json, 20 for files of /docs, 20 for imports, and do not read',
  shortOn: ['postgres'],
  lastsMs: { short: 12_000, long: 60_000 },

  async prepare({ line }) {
    const files = ['swagger-ui-bundle.js', 'swagger-ui.css', 'swagger-ui-standalone-preset.js'];
    const requests = files.map((file) => get(`/docs/static/${file}`));
    const unread = { ...line, kind: 'unread' as const, pipelined: PIPELINED };
    return {
      attacks: [
        { ...unread, name: 'description', connections: 80, requests: [get('/openapi.json')] },
        { ...unread, name: 'refusals', connections: 20, requests: [get('/api/v2/history/imports')] },
        { ...unread, name: 'page', connections: 20, requests },
      ],
    };
  },
};
