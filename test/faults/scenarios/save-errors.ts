import { toDecimal } from '../../lab/amount.ts';
import type { Account } from '../../lab/catalog.ts';
import { sendRequest, type Sent } from '../../lab/client.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import type { LabRequest } from '../../lab/requests/request.ts';
import { toRevenueRequest } from '../../lab/requests/revenue.ts';
import { failOnAmount } from '../../support/unsavable.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const RECORDS = 1_000;
const POSITIONS = { short: 8, long: RECORDS };
const CLIENTS = 4;

/** Ten-thousandths. */
const GOOD = 12_300;
const BAD = 66_600;

/** PostgreSQL's numeric_value_out_of_range. */
const OUT_OF_RANGE = '22003';

/** A record passes all checks and makes the statement fail, in every position of a request. */
export const saveErrors: Scenario = {
  name: 'save-errors',
  bound: `${RECORDS - 1} are saved, that one gets save_error; drift 0`,

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 100, offers: 1 });
    await failOnAmount(stage.sql, toDecimal(BAD), OUT_OF_RANGE);
    await Promise.all([stage.startApi(), stage.startWorker(), stage.startWorker()]);

    const count = stage.long ? POSITIONS.long : POSITIONS.short;
    const positions = Array.from({ length: count }, (_, turn) => Math.floor((turn * (RECORDS - 1)) / (count - 1)));
    const sent: Sent[] = [];
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        for (let position = positions.pop(); position !== undefined; position = positions.pop()) {
          sent.push(await sendRequest(stage, requestWithBadRecord(account, position)));
        }
      }),
    );
    return { positions: count, ...(await checkInvariants(stage, sent)) };
  },
};

function requestWithBadRecord(account: Account, position: number): LabRequest {
  const built = Array.from({ length: RECORDS }, (_, index) => {
    const message = account.messages[index % account.messages.length];
    if (!message) throw new Error('The account has no messages.');
    const isBad = index === position;
    const record = {
      message_id: message.id,
      offer_id: account.offers[0],
      revenue: toDecimal(isBad ? BAD : GOOD),
    };
    return isBad ? { record, code: 'save_error' } : { record, saved: { contact: message.contact, revenue: GOOD } };
  });
  return toRevenueRequest(`position-${position}`, account, built);
}
