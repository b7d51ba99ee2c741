import type { RawRequest } from '../attacker/attack.ts';
import type { Scenario } from '../scenario.ts';
import { endlessBody, get, post } from '../support/requests.ts';

const UNKNOWN = 'trk_{random}';
const PATH = '/api/v2/history/imports';

/** With and without a body. */
const unknownKeys: RawRequest[] = [get(PATH, UNKNOWN), post(UNKNOWN, '{"records":[1]}')];

export const wrongKeys: Scenario = {
  name: 'wrong-keys',
  attack: '1,000 connections send requests with ever new unknown keys',
  shortOn: ['postgres', 'redis'],
  lastsMs: { short: 6_000, long: 60_000 },
  prepare: async ({ line }) => ({
    attacks: [{ ...line, name: 'unknown', kind: 'flood', connections: 1_000, requests: unknownKeys }],
  }),
};

export const fewWrongKeys: Scenario = {
  ...wrongKeys,
  name: 'few-wrong-keys',
  attack: '300 connections send requests with ever new unknown keys',
  shortOn: [],
  prepare: async ({ line }) => ({
    attacks: [{ ...line, name: 'unknown', kind: 'flood', connections: 300, requests: unknownKeys }],
  }),
};

export const strangers: Scenario = {
  name: 'strangers',
  attack:
    'without a key, 560 connections send requests: with malformed keys, for unknown paths, for /docs, with bodies that trickle',
  shortOn: ['redis'],
  lastsMs: { short: 6_000, long: 60_000 },

  async prepare({ line }) {
    const flood = { ...line, kind: 'flood' as const, connections: 100 };
    const trickle = { ...line, kind: 'trickle' as const, everyMs: 2_000 };
    const body = endlessBody();
    return {
      attacks: [
        { ...flood, name: 'no key', requests: [get(PATH), get('/api/v2/reports/revenue?by=day')] },
        { ...flood, name: 'malformed keys', requests: [get(PATH, '{random}'), get(PATH, `${UNKNOWN}x`)] },
        { ...flood, name: 'unknown paths', requests: [get('/{random}'), get('/%zz'), get('/docs/static/{random}')] },
        { ...flood, name: 'page', requests: [get('/docs'), get('/docs/static/swagger-ui-bundle.js')] },
        { ...trickle, name: 'trickling bodies', connections: 50, bytesAtOnce: 0, requests: [post('', body)] },
        { ...trickle, name: 'large bodies', connections: 10, bytesAtOnce: body.length - 1, requests: [post('', body)] },
        { ...flood, name: 'description', requests: [get('/openapi.json'), get('/docs/json')] },
      ],
    };
  },
};
