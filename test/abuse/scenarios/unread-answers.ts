import type { Scenario } from '../scenario.ts';
import { addLargestImport } from '../support/preparation.ts';
import { get } from '../support/requests.ts';

export const unreadAnswers: Scenario = {
  name: 'unread-answers',
  attack: '400 connections of one account ask for the 1,000 largest rejected records, and do not read',
  shortOn: ['redis'],
  lastsMs: { short: 12_000, long: 60_000 },

  async prepare({ api, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    const path = await addLargestImport(api, account);
    const requests = [get(`${path}/errors?limit=1000`, account.apiKey)];
    return { attacks: [{ ...line, name: 'errors', kind: 'unread', connections: 400, pipelined: 1, requests }] };
  },
};
