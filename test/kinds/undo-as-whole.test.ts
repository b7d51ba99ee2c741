import type { ChunkRef, ImportRef } from '@trackly/contract';
import { readImport, requestUndo, type Kind } from '@trackly/db';
import type pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';

import { eventually } from '../support/eventually.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { holdTurn } from '../support/hold-turn.ts';
import { CHUNK_SIZE, useEngine } from './engine.ts';
import { createNests, eggs, nests } from './nests.ts';

const inNests = (...names: string[]) => names.map((nest) => ({ nest }));

describeOnEachQueue('a kind that is undone as a whole', (createQueue) => {
  const engine = useEngine(createQueue, [nests, eggs]);
  const { startWorker, accept, enqueue, outcomeOf, completed, run } = engine;
  beforeEach(() => createNests(engine.sql()));

  const request = (ref: ImportRef, kind: Kind<string> = nests) =>
    requestUndo(engine.db(), kind.spec, { ...ref, requestId: 'test', chunkSize: CHUNK_SIZE, virtualTime: 0 });
  const undo = async (ref: ImportRef, kind: Kind<string> = nests) => {
    await request(ref, kind);
    await enqueue(kind, ref, 'undo');
    await eventually(async () => {
      const outcome = await outcomeOf(ref);
      expect(outcome?.status === 'undoing' || (outcome?.status === 'completed' && outcome.isUndoing)).toBeFalsy();
    });
    return readImport(engine.db(), ref);
  };
  const names = async () => {
    const { rows } = await engine.sql().query<{ name: string }>('SELECT name FROM nests ORDER BY name');
    return rows.map(({ name }) => name);
  };

  test('goes with all of its chunks, and with counts of its own', async () => {
    await startWorker();
    const { ref } = await run(nests, inNests('oak', 'elm', 'ash', 'oak', 'fir'));
    const kept = await run(nests, inNests('elm', 'yew'));
    expect(await undo(ref)).toMatchObject({
      status: 'undone',
      undo: { removedCount: 4, removedTotals: { trees_kept: '3' } },
      refusedUndo: undefined,
    });
    expect(await outcomeOf(ref)).toEqual({ status: 'undone' });
    expect(await names()).toEqual(['yew']);
    expect(await outcomeOf(kept.ref)).toMatchObject({ successCount: 1, skippedCount: 1 });
  });

  test('stays as it is while something refers to it, and goes when that is gone', async () => {
    await startWorker();
    const built = await run(nests, inNests('oak', 'elm', 'ash'));
    const laid = await run(eggs, inNests('elm', 'elm', 'nowhere', 'ash'));
    for (const attempt of [1, 2]) {
      const refused = await undo(built.ref);
      expect({ attempt, ...refused }).toMatchObject({
        status: 'completed',
        undo: undefined,
        refusedUndo: { refusedAt: expect.any(Date), inUse: { eggs: 3 } },
      });
      expect(await outcomeOf(built.ref)).toEqual(built.outcome);
    }
    expect(await names()).toEqual(['ash', 'elm', 'oak']);
    expect((await engine.sql().query('SELECT FROM undo_chunks')).rowCount).toBe(1);

    expect(await undo(laid.ref, eggs)).toMatchObject({ status: 'undone', undo: { removedCount: 3 } });
    expect(await undo(built.ref)).toMatchObject({
      status: 'undone',
      undo: { removedCount: 3 },
      refusedUndo: undefined,
    });
    expect(await names()).toEqual([]);
  });

  test('is completed before it is undone, and is told to whoever waits for it', async () => {
    const ref = await accept(nests, inNests('oak', 'elm', 'ash'));
    await request(ref);
    expect(await outcomeOf(ref)).toBeUndefined();
    await enqueue(nests, ref, 'undo');
    await startWorker();
    await enqueue(nests, ref, 'save');
    await eventually(async () => expect(await outcomeOf(ref)).toEqual({ status: 'undone' }));
    expect(await readImport(engine.db(), ref)).toMatchObject({ successCount: 3, undo: { removedCount: 3 } });
    expect(await names()).toEqual([]);
  });

  test('keeps its fingerprints until it is undone', async () => {
    const { sql } = engine;
    await startWorker();
    const built = await run(nests, inNests('oak'));
    const laid = await run(eggs, inNests('oak'));
    await sql().query(
      `INSERT INTO import_fingerprints (account_id, kind, fingerprint, import_id, import_name)
       SELECT account_id, kind, decode(repeat('ab', 16), 'hex'), id, 'trees' FROM imports WHERE id = $1`,
      [built.ref.importId],
    );
    await undo(built.ref);
    expect((await sql().query('SELECT FROM import_fingerprints')).rowCount).toBe(1);
    await undo(laid.ref, eggs);
    await undo(built.ref);
    expect((await sql().query('SELECT FROM import_fingerprints')).rowCount).toBe(0);
  });

  describe('with eggs in flight', () => {
    let holder: pg.PoolClient;
    let built: ImportRef;
    let laying: ImportRef;
    const chunkOf = (ref: ImportRef): ChunkRef => ({ ...ref, chunkIndex: 0 });

    /** A foreign transaction keeps the account's turn. */
    beforeEach(async () => {
      built = await accept(nests, inNests('oak', 'elm'));
      await nests.saveChunk(engine.db(), chunkOf(built));
      laying = await accept(eggs, inNests('oak', 'oak'));
      holder = await holdTurn(engine.sql(), built.accountId);
      engine.cleanup().defer(() => holder.release(true));
    });
    const untilWaiting = () =>
      eventually(async () => {
        const { rowCount } = await engine.sql()
          .query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database =
                  (SELECT oid FROM pg_database WHERE datname = current_database())`);
        expect(rowCount).toBe(1);
      });

    test('whose nest was found before the mark, it waits for them, and is refused', async () => {
      const laid = eggs.saveChunk(engine.db(), chunkOf(laying));
      await untilWaiting();
      await request(built);
      const undoing = () => nests.undoChunk(engine.db(), chunkOf(built), 100);
      // It has marked the import, and found those who may not have seen that.
      expect(await undoing()).toMatchObject({ status: 'others_open' });
      expect(await undoing()).toMatchObject({ status: 'others_open' });
      await holder.query('COMMIT');
      expect(await laid).toMatchObject({ successCount: 2 });
      expect(await undoing()).toEqual({ status: 'in_use', removedCount: 0 });
      expect(await undoing()).toEqual({ status: 'in_use', removedCount: 0 });
      expect(await names()).toEqual(['elm', 'oak']);
      expect(await readImport(engine.db(), built)).toMatchObject({ refusedUndo: { inUse: { eggs: 2 } } });
      // The mark is gone.
      const more = await accept(eggs, inNests('elm'));
      expect(await eggs.saveChunk(engine.db(), chunkOf(more))).toMatchObject({ successCount: 1 });
    });

    test('that come after the mark, it is as if the nest were not there', async () => {
      await request(built);
      const undoing = () => nests.undoChunk(engine.db(), chunkOf(built), 100);
      expect(await undoing()).toMatchObject({ status: 'turn_taken' });
      const laid = eggs.saveChunk(engine.db(), chunkOf(laying));
      await untilWaiting();
      // Those who have come since do not keep it.
      expect(await undoing()).toMatchObject({ status: 'turn_taken' });
      await holder.query('COMMIT');
      expect(await laid).toMatchObject({ successCount: 0, errorCodes: { nest_not_found: 2 } });
      expect(await undoing()).toEqual({ status: 'undone', removedCount: 2 });
      expect(await names()).toEqual([]);
      const { rowCount } = await engine.sql().query('SELECT FROM eggs');
      expect(rowCount).toBe(0);
    });
  });

  test('goes on with another worker from wherever one was killed', async () => {
    const { ref } = { ref: await accept(nests, inNests('oak')) };
    await nests.saveChunk(engine.db(), { ...ref, chunkIndex: 0 });
    await request(ref);
    const states = [
      `leaving_since = now()`,
      `leaving_since = now(), waits_for = '{99/99999}'`,
      `leaving_since = now(), waits_for = '{}'`,
    ];
    const worker = startWorker();
    for (const state of states) {
      await engine.sql().query(`UPDATE undo_chunks SET ${state}`);
      await enqueue(nests, ref, 'undo');
    }
    await worker;
    await eventually(async () => expect(await outcomeOf(ref)).toEqual({ status: 'undone' }));
    expect(await completed(ref)).toEqual({ status: 'undone' });
  });
});
