import { sampleMemory } from '../../test/lab/memory.ts';
import type { Bench } from '../contestants/contestant.ts';
import { runProduct } from '../contestants/product-run.ts';
import type { ExpectedAnswer } from '../data/history.ts';
import { RECORDS_PER_REQUEST } from '../data/sizes.ts';
import { checkTotals } from '../measure/totals.ts';
import type { MemoryWatch } from '../report/results.ts';

/** Watches the memory of API and worker during a long import. The history is sent as often as it takes. */
export async function measureMemory(bench: Bench, databaseUrl: string): Promise<MemoryWatch[]> {
  const { history, sizes } = bench;
  const { memoryRecords: records } = sizes;
  const requests = Math.ceil(records / RECORDS_PER_REQUEST);
  const result = await watch();
  await checkTotals(databaseUrl, answersOf(history.answers, requests));
  return result;

  async function watch(): Promise<MemoryWatch[]> {
    await using product = await runProduct(bench, { databaseUrl });
    const { apiPid, workerPids, client } = product;
    const watches = { API: sampleMemory(apiPid), worker: sampleMemory(workerPids[0] ?? 0) };
    const { seconds } = await client.send(product.load(history, { requests }));
    return await Promise.all(
      Object.entries(watches).map(async ([process, watched]) => ({
        process,
        records,
        seconds,
        samples: await watched.stop(),
      })),
    );
  }
}

function answersOf(answers: readonly ExpectedAnswer[], requests: number): ExpectedAnswer[] {
  return Array.from({ length: requests }, (_, index) => {
    const answer = answers[index % answers.length];
    if (!answer) throw new Error('There are no answers.');
    return answer;
  });
}
