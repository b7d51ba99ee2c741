import type { Scenario } from '../scenario.ts';
import { countHeldConnections } from '../support/held-connections.ts';
import { addLargestImport } from '../support/preparation.ts';
import { get } from '../support/requests.ts';

const CONNECTIONS = 20;
const HELD_MS = 45_000;
const LOOK_EVERY_MS = 250;
/** Connections of the good client, where it cannot be told from the attackers. */
const OTHERS = 4;

/** Few enough that nothing else ends them. */
export const stalledAnswers: Scenario = {
  name: 'stalled-answers',
  attack: `${CONNECTIONS} connections ask for a large answer, and for one with a description, and read neither`,
  bound: `none is held for more than ${HELD_MS / 1000} s`,
  shortOn: [],
  lastsMs: { short: 0, long: 60_000 },

  async prepare({ stage, api, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    const path = await addLargestImport(api, account);
    const requests = [get(`${path}/errors?limit=1000`, account.apiKey)];
    const count = () => countHeldConnections(line.port, line.localAddress);
    const others = line.localAddress === '127.0.0.1' ? OTHERS : 0;
    return {
      attacks: [
        { ...line, name: 'errors', kind: 'unread', connections: CONNECTIONS, pipelined: 3, isSilent: true, requests },
      ],
      async watch({ over }) {
        const startedAt = performance.now();
        let mostHeld = 0;
        let lastHeldAt = startedAt;
        while (!over.aborted) {
          const held = (await count()) - others;
          mostHeld = Math.max(mostHeld, held);
          if (held > 0) lastHeldAt = performance.now();
          await stage.last(LOOK_EVERY_MS);
        }
        const heldMs = Math.round(lastHeldAt - startedAt);
        const violations = heldMs > HELD_MS ? [`connections were held for ${Math.round(heldMs / 1000)} s`] : [];
        if (mostHeld === 0) violations.push('no connection was ever held: the attack has not happened');
        return { figures: { 'held s': Math.round(heldMs / 1000), 'held at most': mostHeld }, violations };
      },
    };
  },
};
