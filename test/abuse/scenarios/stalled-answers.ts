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
  attack: `${CONNECTIONS} connections ask for a large answer, ${CONNECTIONS} for 300 small ones, and do not read`,
  bound: `none is held for more than ${HELD_MS / 1000} s`,
  shortOn: [],
  lastsMs: { short: 0, long: 60_000 },

  async prepare({ stage, api, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    const path = await addLargestImport(api, account);
    const errors = get(`${path}/errors?limit=1000`, account.apiKey);
    const unread = { ...line, kind: 'unread' as const, connections: CONNECTIONS, isSilent: true };
    const count = () => countHeldConnections(line.port, line.localAddress);
    const others = line.localAddress === '127.0.0.1' ? OTHERS : 0;
    return {
      attacks: [
        { ...unread, name: 'errors', pipelined: 1, requests: [errors] },
        { ...unread, name: 'descriptions', pipelined: 300, requests: [get('/openapi.json')] },
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
