import type { Scenario } from '../scenario.ts';
import { addImports, addLargestImport } from '../support/preparation.ts';
import { get } from '../support/requests.ts';

const SMALL_IMPORTS = 100;

export const reads: Scenario = {
  name: 'reads',
  attack: '20 clients of one account read the errors of its largest import, 40 list its imports, 40 read states',
  shortOn: ['postgres'],
  lastsMs: { short: 6_000, long: 60_000 },

  async prepare({ api, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    await addImports(api, account, SMALL_IMPORTS);
    const path = await addLargestImport(api, account);
    const flood = { ...line, kind: 'flood' as const };
    const key = account.apiKey;
    return {
      attacks: [
        { ...flood, name: 'errors', connections: 20, requests: [get(`${path}/errors?limit=1000`, key)] },
        { ...flood, name: 'lists', connections: 40, requests: [get('/api/v2/history/imports?limit=100', key)] },
        { ...flood, name: 'states', connections: 40, requests: [get(path, key)] },
      ],
    };
  },
};
