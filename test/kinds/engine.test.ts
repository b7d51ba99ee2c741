import type { ImportRef } from '@trackly/contract';
import { kinds, readImport, readImportErrors, requestUndo } from '@trackly/db';
import { describe, expect, test } from 'vitest';

import { reconcile } from '../../apps/worker/src/chores/reconcile.ts';
import { createWorkerMetrics } from '../../apps/worker/src/metrics.ts';
import { eventually } from '../support/eventually.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { CHUNK_SIZE, logger, seen, useEngine } from './engine.ts';
import { MYTHICAL, sightings } from './sightings.ts';

const { revenue } = kinds;

const earned = (...amounts: number[]) =>
  amounts.map((amount) => ({ message_id: 'm0', offer_id: 'o0', revenue: amount }));

describeOnEachQueue('an engine with two kinds', (createQueue) => {
  const engine = useEngine(createQueue);
  const { startWorker, accept, enqueue, outcomeOf, completed, run } = engine;

  const places = async () => (await engine.sql().query('SELECT name, species_count FROM places')).rows;
  const speciesOf = async ({ importId }: ImportRef) => {
    const { rows } = await engine
      .sql()
      .query<{ species: string }>('SELECT species FROM sightings WHERE import_id = $1 ORDER BY record_index', [
        importId,
      ]);
    return rows.map(({ species }) => species);
  };
  const revenueRows = async () => (await engine.sql().query('SELECT FROM revenue_records')).rowCount;

  test('each saves, skips and rejects in its own way', async () => {
    await startWorker();
    const [first, second, money] = await Promise.all([
      run(sightings, seen('eel', 'otter', MYTHICAL)),
      run(revenue, earned(1, 2.5, 3)),
      run(revenue, [...earned(1), { message_id: 'nowhere', offer_id: 'o0', revenue: 1 }]),
    ]);
    expect(first.outcome).toEqual({
      status: 'completed',
      successCount: 2,
      skippedCount: 0,
      totals: { young_animals: '0', places_created: '1' },
      rejections: [{ index: 2, code: 'invalid_species', fields: { species: MYTHICAL, is_young: false } }],
    });
    expect(second.outcome).toMatchObject({ successCount: 3, skippedCount: 0, totals: { revenue: '6.5' } });
    expect(money.outcome).toMatchObject({ successCount: 1, rejections: [{ index: 1, code: 'message_not_found' }] });

    const again = await run(sightings, seen('otter', 'heron', 'heron', 'eel'));
    expect(again.outcome).toMatchObject({ successCount: 1, skippedCount: 3, rejections: [] });
    expect(await speciesOf(again.ref)).toEqual(['heron']);
    expect(await places()).toEqual([{ name: 'Loch Ness', species_count: '3' }]);
    const progress = await readImport(engine.db(), again.ref);
    expect(progress).toMatchObject({ kind: 'sightings', status: 'completed', successCount: 1, skippedCount: 3 });
    const { rowCount } = await engine.sql().query('SELECT FROM sightings_chunk_records');
    expect(rowCount).toBe(0);
  });

  test('a record that cannot be saved harms no other, and is kept as it was sent', async () => {
    await startWorker();
    const { ref, outcome } = await run(sightings, seen('eel', 'otter', 'impossible', 'heron', 'pike'));
    expect(outcome).toMatchObject({ successCount: 4, rejections: [{ index: 2, code: 'save_error' }] });
    expect(await speciesOf(ref)).toEqual(['eel', 'otter', 'heron', 'pike']);
    const failed = await readImportErrors(engine.db(), { ...ref, afterIndex: -1, count: 10 });
    expect(failed.map(({ record }) => JSON.parse(record ?? ''))).toEqual([
      { place: 'Loch Ness', species: 'impossible' },
    ]);
  });

  test('dry runs and atomic imports are as they are of revenue', async () => {
    await startWorker();
    const dryRun = await run(sightings, seen('eel', 'eel', MYTHICAL, 'impossible'), { isDryRun: true });
    expect(dryRun.outcome).toMatchObject({ successCount: 1, skippedCount: 1 });
    expect(await places()).toEqual([]);
    const refused = await run(sightings, seen('eel', MYTHICAL), { isAtomic: true });
    expect(refused.outcome).toMatchObject({ successCount: 0, skippedCount: 0 });
    expect(await places()).toEqual([]);
    const kept = await run(sightings, seen('eel', 'eel'), { isAtomic: true });
    expect(kept.outcome).toMatchObject({ successCount: 1, skippedCount: 1, rejections: [] });
    expect(await speciesOf(kept.ref)).toEqual(['eel']);
  });

  test('undoing an import removes its rows alone, though chunks of the other kind wait to be undone, too', async () => {
    await startWorker();
    const kept = await run(sightings, seen('eel'));
    const undone = await run(sightings, seen('otter', 'heron', 'eel'));
    const money = await run(revenue, earned(1, 2, 3));
    const undo = { requestId: 'test', chunkSize: CHUNK_SIZE, virtualTime: 0 };
    // Of this one there is no job yet: whoever undoes the account's chunks together must leave it alone.
    await requestUndo(engine.db(), revenue.spec, { ...money.ref, ...undo });
    await requestUndo(engine.db(), sightings.spec, { ...undone.ref, ...undo });
    await enqueue(sightings, undone.ref, 'undo');
    await eventually(async () => expect(await outcomeOf(undone.ref)).toEqual({ status: 'undone' }));

    expect(await speciesOf(undone.ref)).toEqual([]);
    expect(await speciesOf(kept.ref)).toEqual(['eel']);
    expect(await places()).toEqual([{ name: 'Loch Ness', species_count: '1' }]);
    expect(await outcomeOf(money.ref)).toEqual({ status: 'undoing' });
    expect(await revenueRows()).toBe(3);

    await enqueue(revenue, money.ref, 'undo');
    await eventually(async () => expect(await outcomeOf(money.ref)).toEqual({ status: 'undone' }));
    expect(await revenueRows()).toBe(0);
    expect(await speciesOf(kept.ref)).toEqual(['eel']);
  });

  test('an import of one kind is not undone as one of the other', async () => {
    const ref = await accept(sightings, seen('eel'));
    const undo = { ...ref, requestId: 'test', chunkSize: CHUNK_SIZE, virtualTime: 0 };
    expect(await requestUndo(engine.db(), revenue.spec, undo)).toEqual([]);
    expect(await readImport(engine.db(), ref)).toMatchObject({ status: 'processing' });
    expect(await requestUndo(engine.db(), sightings.spec, undo)).toHaveLength(1);
    expect((await engine.sql().query('SELECT FROM sightings_chunk_records')).rowCount).toBe(0);
  });

  describe('the reconciler', () => {
    test('gives each open chunk the job of its kind', async () => {
      const refs = [
        await accept(sightings, seen('eel', 'otter', 'heron')),
        await accept(revenue, earned(1, 2, 3)),
        await accept(sightings, seen('pike'), { isAtomic: true }),
        await accept(revenue, earned(4), { isDryRun: true }),
      ];
      await engine.sql().query(`UPDATE imports SET created_at = now() - interval '1 minute'`);
      await startWorker();
      const db = engine.db();
      await reconcile({ db, producer: engine.producer(), metrics: createWorkerMetrics(db), logger }).run(
        async () => true,
      );
      const outcomes = await Promise.all(refs.map(completed));
      expect(outcomes).toMatchObject([
        { successCount: 3, totals: { young_animals: '0' } },
        { successCount: 3, totals: { revenue: '6' } },
        { successCount: 1, totals: { places_created: '0' } },
        { successCount: 1, totals: { revenue: '4' } },
      ]);
      expect(await places()).toEqual([{ name: 'Loch Ness', species_count: '4' }]);
      expect(await revenueRows()).toBe(3);
    });
  });
});
