import type { Scenario } from '../scenario.ts';
import { endlessBody, post } from '../support/requests.ts';

const ACCOUNTS = 3;
const EVERY_MS = 2_000;
const MOST_OF_IT = 4_800_000;

export const tricklingBodies: Scenario = {
  name: 'trickling-bodies',
  attack:
    '78 bodies of 5 MB from three accounts, plain and compressed, come at a byte every two seconds, some of them after 4.8 MB at once',
  shortOn: ['redis'],
  lastsMs: { short: 6_000, long: 90_000 },

  async prepare({ line, addAttackersAccount }) {
    const body = endlessBody();
    const accounts = await Promise.all(Array.from({ length: ACCOUNTS }, addAttackersAccount));
    return {
      good: { isCompressed: true },
      attacks: accounts.flatMap(({ apiKey }) => {
        const plain = post(apiKey, body);
        const compressed = post(apiKey, body, { isCompressed: true });
        const trickle = { ...line, kind: 'trickle' as const, everyMs: EVERY_MS };
        return [
          { ...trickle, name: 'from the start', connections: 18, bytesAtOnce: 0, requests: [plain, compressed] },
          { ...trickle, name: 'at the end', connections: 8, bytesAtOnce: MOST_OF_IT, requests: [plain, compressed] },
        ];
      }),
    };
  },
};
