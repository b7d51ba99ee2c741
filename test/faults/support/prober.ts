import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { REVENUE_PATH } from '../../support/http.ts';

const EVERY_MS = 20;

export interface Probe {
  status: number;
  ms: number;
}

export interface Prober {
  /** @returns what all probes got */
  stop(): Promise<Probe[]>;
}

interface Target {
  url: string;
  apiKey: string;
  body: string;
}

/** Sends a request now and then, on a thread of its own: what the load keeps busy does not count. */
export function startProber(target: Target): Prober {
  const thread = new Worker(new URL(import.meta.url), { workerData: target });
  return {
    async stop() {
      thread.postMessage('stop');
      const [probes] = await once(thread, 'message');
      await thread.terminate();
      return probes;
    },
  };
}

if (!isMainThread && parentPort) await probe(workerData, once(parentPort, 'message'));

async function probe({ url, apiKey, body }: Target, stopped: Promise<unknown>): Promise<void> {
  const probes: Probe[] = [];
  let isStopped = false;
  const stopping = stopped.then(() => (isStopped = true));
  while (!isStopped) {
    const startedAt = performance.now();
    const response = await fetch(url + REVENUE_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey, prefer: 'respond-async' },
      body,
    });
    await response.arrayBuffer();
    probes.push({ status: response.status, ms: Math.round(performance.now() - startedAt) });
    await Promise.race([delay(EVERY_MS), stopping]);
  }
  parentPort?.postMessage(probes);
}
