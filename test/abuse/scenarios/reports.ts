import type { Scenario } from '../scenario.ts';
import { addRows } from '../support/preparation.ts';
import { get } from '../support/requests.ts';

const ROWS = { short: 600_000, long: 5_000_000 };

export const reports: Scenario = {
  name: 'reports',
  attack: 'one account keeps asking for 40 long reports at once',
  bound: 'another account, which asks for a report after each import, gets each of them',
  shortOn: ['postgres'],
  lastsMs: { short: 8_000, long: 60_000 },

  async prepare({ stage, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    await addRows(stage.sql, account, stage.long ? ROWS.long : ROWS.short);
    const requests = ['import', 'day'].map((by) => get(`/api/v2/reports/revenue?by=${by}`, account.apiKey));
    return {
      good: { readsReports: true },
      attacks: [{ ...line, name: 'reports', kind: 'flood', connections: 40, requests }],
    };
  },
};
