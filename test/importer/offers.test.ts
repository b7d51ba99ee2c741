import { expect, test } from 'vitest';

import { CATALOG_LIST } from '../support/catalog.ts';
import { get, postRecords } from '../support/http.ts';
import { useWorkbench } from './workbench.ts';

const bench = useWorkbench();

const offerOf = async (id: string) => {
  const { url, account } = bench.stack();
  return (await get(`${url}/api/v2/offers/${id}`, account.apiKey)).json;
};

test('offers are imported from a file, resumed, verified, and undone unless they are in use', async () => {
  const { url, account } = bench.stack();
  const file = await bench.write(
    'offers.csv',
    'Offer ID,Offer,URL,external_id,payout,payout_type,status\n' +
      'f1,Winter sale,https://go.example.com/w,tune-1,5.25,cpa,active\n' +
      'f2,Spring sale,,,,,\n' +
      'f1,Winter sale 2,https://go.example.com/w,tune-1,5.25,cpa,active\n' +
      'o0,Something else,,x0,,,\n' +
      'f3,Bad,ftp://x,,,,\n',
  );
  const options = ['--map', 'id=Offer ID,name=Offer,tracking_url=URL', '--default', 'external_platform=tune'];
  const tried = await bench.run(['import', 'offers', file, ...options, '--dry-run']);
  expect(tried.stdout).toContain('invalid_tracking_url');
  expect(await offerOf('f1')).toMatchObject({ code: 'not_found' });

  const imported = await bench.run(['import', 'offers', file, ...options]);
  expect(imported.stdout).toMatch(/imported +2/);
  expect(imported.stdout).toMatch(/counted +2 duplicates_skipped/);
  expect(imported.stdout + imported.stderr).toContain('an offer with the same id exists that is not the same');
  expect(await offerOf('f1')).toMatchObject({
    name: 'Winter sale',
    external_id: 'tune-1',
    external_platform: 'tune',
    payout: 5.25,
  });
  expect(await bench.read('offers.csv.rejects.csv')).toContain('f3,Bad,ftp://x');
  const again = await bench.run(['import', 'offers', file, ...options]);
  expect(again.stdout).toMatch(/imported +2 by an earlier run/);

  expect((await bench.run(['verify', file])).stdout).toContain('and the service agree: 4 records');
  await bench.stack().database.sql.query(`UPDATE offers SET payout = 6 WHERE public_id = 'f1'`);
  const differing = await bench.run(['verify', file]);
  expect(differing.exitCode).toBe(1);
  expect(differing.stdout + differing.stderr).toContain('and the service differ');
  await bench.stack().database.sql.query(`UPDATE offers SET payout = 5.25 WHERE public_id = 'f1'`);

  await postRecords(url, account.apiKey, [{ message_id: 'm0', offer_id: 'tune-1', revenue: 1 }]);
  const refused = await bench.run(['import', 'undo', 'offers.csv', '--yes']);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(
    'Nothing is undone, because what the import has made is in use: 1 revenue record. Undo that first',
  );
  expect(await offerOf('f2')).toMatchObject({ name: 'Spring sale' });

  await bench.stack().database.sql.query('DELETE FROM revenue_records');
  expect(await bench.run(['import', 'undo', 'offers.csv', '--yes'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Undone: 2 records removed. To import the same again'),
  });
  expect(await bench.run(['verify', file])).toMatchObject({ exitCode: 1, stdout: `${file} was undone.\n` });
  expect(await offerOf('f2')).toMatchObject({ code: 'not_found' });
  expect(bench.path('offers.csv')).toBe(file);
});

test('of imports of several kinds with the same name, the kind says which one is undone', async () => {
  const offers = await bench.write('same-offers.csv', 'id,name\nsame,Winter sale\n');
  const contacts = await bench.write('same-contacts.csv', `phone,list,date\n+15552000001,${CATALOG_LIST},2025-01-01\n`);
  await bench.run(['import', 'offers', offers, '--name', 'same.csv']);
  const map = ['--map', 'phone_number=phone,list_number=list,signup_date=date'];
  expect(await bench.run(['import', 'contacts', contacts, ...map, '--name', 'same.csv'])).toMatchObject({
    exitCode: 0,
  });
  expect((await bench.run(['import', 'status', 'same.csv'])).stdout).toMatch(
    /same\.csv +contacts .*\nsame\.csv +offers /,
  );

  expect(await bench.run(['import', 'undo', 'same.csv', '--yes'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(
      'There are imports of contacts and offers under the name "same.csv": add --kind contacts',
    ),
  });
  const undone = await bench.run(['import', 'undo', 'same.csv', '--yes', '--kind', 'contacts']);
  expect(undone).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('same.csv (contacts): 1 of 1 records') });
  expect(await offerOf('same')).toMatchObject({ name: 'Winter sale' });
});

test('a file of offers needs ids and names', async () => {
  const file = await bench.write('nameless.csv', 'id,payout\na,1\n');
  const { exitCode, stderr } = await bench.run(['import', 'offers', file]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('name');
});
