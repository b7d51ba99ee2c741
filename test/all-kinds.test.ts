import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { AccountRun } from './model/account/run.ts';
import { drawnSteps } from './model/account/steps.ts';
import { withFewShrinks } from './support/few-shrinks.ts';
import { modelRuns } from './support/model-runs.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { startApi, type Api } from './support/stack.ts';
import { useStack } from './support/suite.ts';

const CHUNK_SIZES = [1, 3, 1000];
const RUNS = modelRuns(40);

describeOnEachQueue('contacts, offers, sends, revenue and undos do what a model in memory does', (createQueue) => {
  const stack = useStack({ createQueue });
  const cleanup = new AsyncDisposableStack();
  const apis = new Map<number, Api>();

  beforeAll(async () => {
    const { options } = stack();
    for (const chunkSize of CHUNK_SIZES) apis.set(chunkSize, cleanup.use(await startApi({ ...options, chunkSize })));
  });
  afterAll(() => cleanup.disposeAsync());

  test('in any order, in chunks of any size: answers, warnings, rows, contacts and stats', async () => {
    const property = fc.asyncProperty(
      drawnSteps(CHUNK_SIZES),
      withFewShrinks(async (steps) => {
        const run = await AccountRun.start({ stack: stack(), apis });
        for (const [position, step] of steps.entries()) {
          const { product, model } = await run.do(step);
          expect(product, `step ${position + 1}`).toEqual(model);
        }
        const { product, model } = await run.readAll();
        expect(product, 'after all steps').toEqual(model);
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
    expect(apis.size).toBe(CHUNK_SIZES.length);
  });
});
