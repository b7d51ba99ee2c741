import { checkRequest } from '../../lab/check-request.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import { readStoredImports } from '../../lab/ledger.ts';
import { startLoad } from '../../lab/load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const ROUNDS = { short: 2, long: 20 };

/** All processes and PostgreSQL are killed as soon as a client holds a 200. */
export const killedAfter200: Scenario = {
  name: 'killed-after-200',
  bound: 'the rows of every 200 are there after the crash of everything; drift 0',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 200, offers: 20 });
    const start = () => Promise.all([stage.startApi(), stage.startWorker(), stage.startWorker()]);
    let processes = await start();
    const load = startLoad(stage, { account, clients: 4, recordsPerRequest: [1, 500] });

    const rounds = stage.long ? ROUNDS.long : ROUNDS.short;
    for (let round = 1; round <= rounds; round += 1) {
      const answered = await load.nextAnswer();
      const { request } = answered;
      await Promise.all([stage.postgres.crash(), ...processes.map((process) => process.kill())]);
      await stage.postgres.start();

      const imports = await readStoredImports(stage.sql, [account.id]);
      const stored = imports.filter(({ requestId }) => requestId.startsWith(`${request.key}.`));
      const [violation] = checkRequest(answered, stored);
      if (violation !== undefined) throw new Error(`A 200 has been broken: ${violation}`);
      stage.log(
        `round ${round} of ${rounds}: killed everything, what the last 200 said of ${request.kind} is still so`,
      );
      processes = await start();
    }

    return { rounds, ...(await checkInvariants(stage, await load.stop())) };
  },
};
