import type { ImportRef } from '@trackly/contract';
import { readImport, readImportErrors } from '@trackly/db';
import { expect, test } from 'vitest';

import { describeOnEachQueue } from '../support/queues.ts';
import { seen, useEngine } from './engine.ts';
import { MYTHICAL, sightings } from './sightings.ts';

describeOnEachQueue('a kind with counts and warnings', (createQueue) => {
  const engine = useEngine(createQueue);
  const { startWorker, accept, enqueue, outcomeOf, run } = engine;

  test('counts and warnings are exact, however an import is cut, and in trials', async () => {
    await startWorker();
    await run(sightings, seen('eel'));
    const young = (...species: string[]) => seen(...species).map((each) => ({ ...each, is_young: true }));
    const elsewhere = (...species: string[]) => young(...species).map((each) => ({ ...each, place: 'Loch Lomond' }));
    const records = [
      ...young('otter', 'impossible', 'eel', 'otter'),
      ...elsewhere('eel', 'impossible'),
      ...seen('otter'),
    ];
    const expected = {
      successCount: 2,
      skippedCount: 3,
      totals: { young_animals: '2', places_created: '1' },
      notices: { seen_otherwise: 2 },
    };
    const warned = async (ref: ImportRef) => {
      const listed = await readImportErrors(engine.db(), { ...ref, afterIndex: -1, count: 10 });
      return listed.filter(({ isWarning }) => isWarning).map(({ index, code, record }) => ({ index, code, record }));
    };
    const warnings = [2, 6].map((index) => ({ index, code: 'seen_otherwise', record: null }));

    const dryRun = await run(sightings, records, { isDryRun: true });
    expect(dryRun.outcome).toMatchObject(expected);
    expect(await warned(dryRun.ref)).toEqual(warnings);
    const refused = await run(sightings, records, { isAtomic: true });
    expect(refused.outcome).toMatchObject({ successCount: 0, skippedCount: 0, totals: {} });
    expect(refused.outcome).not.toHaveProperty('notices');
    expect(await warned(refused.ref)).toEqual([]);

    const saved = await run(sightings, records);
    expect(saved.outcome).toMatchObject(expected);
    expect(await warned(saved.ref)).toEqual(warnings);
    expect(await readImport(engine.db(), saved.ref)).toMatchObject({ errorCount: 2, totals: expected.totals });
    // A second delivery changes nothing.
    await enqueue(sightings, saved.ref, 'save');
    expect(await sightings.saveChunk(engine.db(), { ...saved.ref, chunkIndex: 0 })).toMatchObject({ saved: false });
    expect(await outcomeOf(saved.ref)).toEqual(saved.outcome);

    const again = await run(sightings, [...seen('otter'), ...elsewhere('otter')], { isAtomic: true });
    expect(again.outcome).toMatchObject({
      successCount: 1,
      skippedCount: 1,
      totals: { young_animals: '1', places_created: '0' },
      notices: { seen_otherwise: 1 },
    });
    expect(await warned(again.ref)).toMatchObject([{ index: 0 }]);
  });

  test('a warning is in no number of errors, and a rejected record has none', async () => {
    const records = [...seen(MYTHICAL, MYTHICAL), ...seen('eel', 'eel')];
    const ref = await accept(
      sightings,
      records.map((record, index) => ({ ...record, is_young: index % 2 === 1 })),
    );
    const saved = [0, 1].map((chunkIndex) => sightings.saveChunk(engine.db(), { ...ref, chunkIndex }));
    expect(await Promise.all(saved)).toMatchObject([
      { errorCount: 2, errorCodes: { invalid_species: 2 } },
      { errorCount: 0, errorCodes: {}, skippedCount: 1 },
    ]);
    expect(await readImport(engine.db(), ref)).toMatchObject({ successCount: 1, skippedCount: 1, errorCount: 2 });
    const listed = await readImportErrors(engine.db(), { ...ref, afterIndex: -1, count: 10 });
    expect(listed.map(({ index, isWarning }) => [index, isWarning])).toEqual([
      [0, false],
      [1, false],
      [3, true],
    ]);
  });
});
