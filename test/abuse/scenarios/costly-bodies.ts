import type { Scenario } from '../scenario.ts';
import { post, wideRecords } from '../support/requests.ts';

export const costlyBodies: Scenario = {
  name: 'costly-bodies',
  attack: '8 connections of one account send 1,000 records of 380 fields each, as fast as they can',
  shortOn: ['redis'],
  lastsMs: { short: 6_000, long: 60_000 },

  async prepare({ line, addAttackersAccount }) {
    const { apiKey } = await addAttackersAccount();
    const body = wideRecords(380);
    const requests = [post(apiKey, body), post(apiKey, body, { isCompressed: true })];
    return { attacks: [{ ...line, name: 'wide records', kind: 'flood', connections: 8, requests }] };
  },
};
