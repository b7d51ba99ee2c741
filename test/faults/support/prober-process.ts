import { setTimeout as delay } from 'node:timers/promises';

import { REVENUE_PATH } from '../../support/http.ts';
import type { Probe, ProbeOptions } from './prober.ts';

const EVERY_MS = 20;

// Sends a request now and then until it is told to stop, or its parent is gone; then tells what it was answered.
const { url, apiKey, body }: ProbeOptions = JSON.parse(process.argv[2] ?? '{}');
const stopped = new AbortController();
process.once('message', () => stopped.abort());
process.once('disconnect', () => stopped.abort());

const probes: Probe[] = [];
while (!stopped.signal.aborted) {
  const startedAt = performance.now();
  const response = await fetch(url + REVENUE_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body,
  });
  await response.arrayBuffer();
  if (probes.push({ status: response.status, ms: Math.round(performance.now() - startedAt) }) === 1)
    process.send?.('ready');
  await delay(EVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
}
process.send?.(probes, () => process.disconnect());
