import { beforeEach, describe, expect, test } from 'vitest';

import { byText, useWorkbench } from '../importer/workbench.ts';
import { addLists, LIST, readListContacts } from './contacts.ts';

describe('trackly import contacts', () => {
  const bench = useWorkbench();

  beforeEach(async () => {
    const { database, account } = bench.stack();
    await database.sql.query('DELETE FROM list_contact_details');
    await database.sql.query('DELETE FROM list_contacts');
    await database.sql.query('DELETE FROM contacts');
    await database.sql.query('DELETE FROM sending_lists');
    await addLists(database.sql, account);
  });

  const stored = () => readListContacts(bench.stack().database.sql, bench.stack().account);
  const LIST_DEFAULT = ['--default', `list_number=${LIST}`];

  test('imports, rejects, verifies and undoes a file of the dashboard', async () => {
    const file = await bench.write(
      'contacts.csv',
      'phone,first_name,email,consent_date,note\n' +
        '(555) 200-0001,Ada,ada@example.com,01/02/2025,x\n' +
        '+1 555 200 0002,,bea@example.com,01/03/2025,\n' +
        'unknown,Eve,,01/04/2025,\n' +
        '5552000001,Ada,ada@other.example,01/05/2025,\n',
    );
    const options = [...LIST_DEFAULT, '--default-country', 'US', '--date-format', 'MM/dd/yyyy'];
    const dry = await bench.run(['import', 'contacts', file, ...options, '--dry-run', '--json']);
    expect(dry).toMatchObject({ exitCode: 1 });
    expect(await stored()).toEqual([]);

    const imported = await bench.run(['import', 'contacts', file, ...options]);
    expect(imported).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1 invalid_phone') });
    expect(imported.stdout).toMatch(/\b2 contacts_created/);
    expect(await stored()).toMatchObject([
      {
        phone_number: '+15552000001',
        signup_date: new Date('2025-01-05'),
        custom_fields: { first_name: 'Ada', email: 'ada@other.example' },
      },
      {
        phone_number: '+15552000002',
        signup_date: new Date('2025-01-03'),
        custom_fields: { email: 'bea@example.com' },
      },
    ]);
    expect(await bench.read('contacts.csv.rejects.csv')).toContain('unknown,Eve');

    const again = await bench.run(['import', 'contacts', file, ...options, '--json']);
    expect(JSON.parse(again.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ imported: 3, rejected: 1 });
    expect(await bench.run(['verify', file])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('agree: 3 records'),
    });
    expect(await bench.run(['import', 'undo', 'contacts.csv', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/Undone: 2 records removed, 2 contacts removed\. To/),
    });
    expect(await stored()).toEqual([]);
    expect(await bench.run(['verify', file])).toMatchObject({ exitCode: 1, stdout: `${file} was undone.\n` });
  });

  test('undoing says what it has kept', async () => {
    const options = [...LIST_DEFAULT, '--default', 'signup_date=now'];
    const write = (name: string, who: string) => bench.write(name, `phone_number,first_name\n+15552000001,${who}\n`);
    await bench.run(['import', 'contacts', await write('made.csv', 'Ada'), ...options]);
    await bench.run(['import', 'contacts', await write('changed.csv', 'Bea'), ...options]);
    expect(await bench.run(['import', 'undo', 'made.csv', '--yes'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        'Nothing is undone, because what the import has made is in use: 1 changed contact.',
      ),
    });
    expect(await bench.run(['import', 'undo', 'changed.csv', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Undone: 0 records removed, 1 list contact kept. To'),
    });
  });

  test('of a contact that comes in several batches, the last row counts, and all batches can be undone', async () => {
    const rows = Array.from({ length: 5200 }, (_, index) => `+1555300${String(index % 7).padStart(4, '0')},${index}\n`);
    const file = await bench.write('repeated.csv', `phone_number,count\n${rows.join('')}`);
    const options = [...LIST_DEFAULT, '--default', 'signup_date=now', '--map', 'custom_fields=count+'];
    expect(await bench.run(['import', 'contacts', file, ...options])).toMatchObject({ exitCode: 0 });
    expect((await stored()).map(({ custom_fields: fields }) => String(fields?.['count'])).toSorted(byText)).toEqual(
      Array.from({ length: 7 }, (_, index) => String(5193 + index)).toSorted(byText),
    );
    expect(await bench.run(['import', 'undo', 'repeated.csv', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await stored()).toEqual([]);
  });

  test('a file without dates needs to say what they are', async () => {
    const file = await bench.write('undated.csv', 'phone_number\n+15552000001\n');
    expect(await bench.run(['import', 'contacts', file, ...LIST_DEFAULT])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--default signup_date=now'),
    });
  });
});
