import { writeFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { HEADER, history, useWorkbench } from './workbench.ts';

describe('a journal that a former version began', () => {
  const bench = useWorkbench();

  test('is verified and goes on, although its file has no times, which are asked for now', async () => {
    const file = await bench.write('undated.csv', `${HEADER}\n${history(1500)}`);
    const command = ['import', 'revenue', file];
    expect((await bench.run(command)).exitCode).toBe(0);

    const [first = '', ...lines] = (await bench.read('undated.csv.journal')).split('\n');
    const header: object = JSON.parse(first);
    const former = { ...header, trackly_journal: 2, options: { map: {}, default: {} } };
    await writeFile(`${file}.journal`, [JSON.stringify(former), ...lines].join('\n'));

    expect(await bench.run(['verify', file])).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await bench.run(command)).exitCode).toBe(0);
    expect(await bench.savedRevenues()).toHaveLength(1500);
  });
});
