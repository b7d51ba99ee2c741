import { beforeEach, describe, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import { addSender, LISTS, person, readMessages } from '../sends/support.ts';
import { useWorkbench } from './workbench.ts';

const HEADER = 'id,list_number,to_number,send_type,delivered,length,timestamp';
const line = (id: string, to: string, others = 'campaign,true,35,2025-01-01T10:00:00Z') =>
  `${id},${LISTS[0]},${to},${others}`;

describe('trackly import sends', () => {
  const bench = useWorkbench();
  let account: Awaited<ReturnType<typeof addSender>>;

  beforeEach(async () => {
    account = await addSender(bench.stack().database.sql);
  });

  const run = (...args: string[]) => bench.run(args, { env: { TRACKLY_API_KEY: account.apiKey } });
  const ids = async () => (await readMessages(bench.stack().database.sql, account)).map(({ id }) => id);
  const write = (name: string, ...lines: string[]) => bench.write(name, `${[HEADER, ...lines].join('\n')}\n`);

  test('imports a file once, tells what it has skipped and noticed, and keeps rejected rows', async () => {
    const file = await write(
      'all.csv',
      line('a', person(1)),
      line('b', person(2), 'campaign,no,35,2025-01-01'),
      line('c', '555-0100'),
      line('a', person(2)),
      line('a', person(1)),
      'd,,+15551000001,,,,2025-01-01',
    );
    const dry = await run('import', 'sends', file, '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ imported: 2, rejected: 2, counts: { duplicates_skipped: 2 } });
    expect(await ids()).toEqual([]);

    const first = await run('import', 'sends', file, '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({
      records: 6,
      imported: 2,
      rejected: 2,
      rejected_by_code: { invalid_phone: 1, missing_list_number: 1 },
      counts: { duplicates_skipped: 2 },
      notices: { duplicate_differs: 1 },
    });
    expect(await bench.read('all.csv.rejects.csv')).toContain('invalid_phone');
    const again = await run('import', 'sends', file);
    expect(again.stdout).toContain('imported  2 by an earlier run');
    expect(again.stdout).toContain('counted   2 duplicates_skipped');
    expect(again.stdout).toMatch(/noticed +1 skipped, although a message with the same id exists that is not the same/);
    expect(await ids()).toEqual(['a', 'b']);
    expect(await readDrift(bench.stack().database, account)).toBe(0);
  });

  test('reads the columns of another program', async () => {
    const file = await bench.write('other.csv', 'MessageSid,To,DateSent\ns1,+15551000001,31/01/2025 10:00\n');
    const map = 'id=MessageSid,to_number=To,timestamp=DateSent';
    const format = ['--date-format', 'dd/MM/yyyy HH:mm', '--timezone', 'Europe/Paris'];
    const list = ['--default', `list_number=${LISTS[1]}`];
    const { exitCode } = await run('import', 'sends', file, '--map', map, ...list, ...format);
    expect(exitCode).toBe(0);
    expect(await readMessages(bench.stack().database.sql, account)).toMatchObject([
      { id: 's1', list: LISTS[1], sent_at: '2025-01-31T09:00:00Z' },
    ]);
  });

  test('stops if the file has no times', async () => {
    const file = await bench.write('timeless.csv', `id,list_number,to_number\na,${LISTS[0]},${person(1)}\n`);
    const { exitCode, stderr } = await run('import', 'sends', file);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('timestamp');
  });

  test('verifies each record, and undoes all of them', async () => {
    const file = await write(
      'verified.csv',
      line('m0', person(0)),
      line('m0', person(9)),
      ...Array.from({ length: 1_199 }, (_, index) => line(`m${index + 1}`, person(index % 7))),
    );
    await run('import', 'sends', file, '--name', 'verified');
    const { sql } = bench.stack().database;
    expect((await run('verify', file)).stdout).toContain('agree: 1,201 records');

    await sql.query(`UPDATE messages SET send_type = 'other' WHERE account_id = $1 AND public_id = 'm5'`, [account.id]);
    await sql.query(`UPDATE messages SET public_id = 'gone' WHERE account_id = $1 AND public_id = 'm1100'`, [
      account.id,
    ]);
    const { exitCode, stdout } = await run('verify', file, '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      differences: [
        {
          first_line: 2,
          last_line: 1_001,
          file: { held: 1_000, differing: 1 },
          service: { held: 1_000, differing: 2 },
        },
        {
          first_line: 1_002,
          last_line: 1_202,
          file: { held: 201, differing: 0 },
          service: { held: 200, differing: 0 },
        },
      ],
    });

    expect((await run('import', 'undo', 'verified', '--yes')).exitCode).toBe(0);
    expect(await ids()).toEqual([]);
    expect(await readDrift(bench.stack().database, account)).toBe(0);
  });
});
