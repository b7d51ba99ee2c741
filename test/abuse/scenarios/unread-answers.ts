import type { Scenario } from '../scenario.ts';
import { addLargestImport } from '../support/preparation.ts';
import { get } from '../support/requests.ts';

export const unreadAnswers: Scenario = {
  name: 'unread-answers',
  attack:
    '400 connections of one account ask for the 1,000 largest rejected records, and do not read, or a kilobyte a second',
  shortOn: ['redis'],
  lastsMs: { short: 12_000, long: 60_000 },

  async prepare({ api, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    const path = await addLargestImport(api, account);
    const requests = ['application/json', 'application/x-ndjson', 'text/csv'].map((type) =>
      get(`${path}/errors?limit=1000`, account.apiKey, type),
    );
    const unread = { ...line, kind: 'unread' as const, connections: 200, pipelined: 1, requests };
    return {
      attacks: [
        { ...unread, name: 'nothing read' },
        { ...unread, name: 'hardly read', sipBytes: 1_024 },
      ],
    };
  },
};
