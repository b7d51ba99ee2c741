import { expect, test } from 'vitest';

import { planFiles } from './plan.ts';

test('a file is called by its name, and what is known of it is beside it', () => {
  expect(planFiles(['/data/history.csv'], {})).toEqual([
    {
      file: '/data/history.csv',
      title: '/data/history.csv',
      name: 'history.csv',
      journal: '/data/history.csv.journal',
      rejects: '/data/history.csv.rejects',
      dryRunRejects: '/data/history.csv.dry-run.rejects',
    },
  ]);
});

test('a journal elsewhere has the rejects beside it', () => {
  expect(planFiles(['/mnt/history.csv'], { journal: 'here/h.journal' })).toMatchObject([
    { journal: 'here/h.journal', rejects: 'here/history.csv.rejects' },
  ]);
});

test('of several files, each is an import', () => {
  const plans = planFiles(['a/1.csv', 'b/2.csv'], { name: 'shop' });
  expect(plans.map(({ name, journal }) => [name, journal])).toEqual([
    ['shop/1.csv', 'a/1.csv.journal'],
    ['shop/2.csv', 'b/2.csv.journal'],
  ]);
});

test('a file name that macOS spells in its own way gives the name as it is typed', () => {
  const [file, name] = ['umsätze.csv'.normalize('NFD'), 'umsätze.csv'.normalize('NFC')];
  expect(planFiles([file], {})).toMatchObject([{ file, name, journal: `${file}.journal` }]);
  expect(planFiles(['a.csv', 'b.csv'], { name: 'ä'.normalize('NFD') })[0]?.name).toBe('\u00E4/a.csv');
  expect(() => planFiles([`x/${file}`, `y/${name}`], {})).toThrow('Two of the files are called');
});

test('standard input is kept in the current folder', () => {
  expect(planFiles(['-'], { name: 'shop/2024' })).toMatchObject([
    { name: 'shop/2024', journal: 'shop_2024.journal', rejects: 'shop_2024.rejects' },
  ]);
});

test.each([
  [['-'], {}, 'add --name NAME'],
  [['-', 'a.csv'], { name: 'x' }, 'Standard input must be the only input'],
  [['a.csv', 'b.csv'], { journal: 'j' }, '--journal works with one file only'],
  [['x/a.csv', 'y/a.csv'], {}, 'Two of the files are called a.csv'],
  [['a.csv'], { name: 'n'.repeat(300) }, 'choose a shorter one'],
])('%j with %j: %s', (files, flags, reason) => {
  expect(() => planFiles(files, flags)).toThrow(reason);
});
