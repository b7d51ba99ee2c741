import { html, type SafeHtml } from '@remix-run/html-template';
import type { JobSummary } from '@trackly/queue';

import { count, jobPath, time } from './format.ts';

/** The jobs of chunks, in the order of the chunks; undefined if the queue does not answer. */
export type ChunkJobs = (JobSummary | undefined)[] | undefined;

export interface ChunkRow {
  chunkIndex: number;
  recordCount: number;
  priority: number;
  /** Null while the chunk is open. */
  completedAt: Date | null;
  /** Shown once the chunk is completed. */
  outcome: string;
  unexpectedFailures?: number;
}

export interface ChunkSection {
  id: string;
  heading: string;
  /** The chunks to show; not all of them if there are many. */
  rows: ChunkRow[];
  jobs: ChunkJobs;
  /** Number of all chunks. */
  all: number;
  /** Shown if there are no chunks. */
  none: string;
}

/** Renders chunks with their state and their jobs. */
export function chunkSection({ id, heading, rows, jobs, all, none }: ChunkSection): SafeHtml {
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">Chunk</th>
        <th scope="col">State</th>
        <th scope="col" class="number">Records</th>
        <th scope="col">Job</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row, index) => chunkRow(row, jobs ? jobCell(row, jobs[index]) : 'the queue does not answer'))}
    </tbody>
  </table>`;
  const note = html`<p class="quiet">${count(rows.length)} of ${count(all)}, open ones first.</p>`;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${heading}</h2>
    ${all === 0 ? html`<p class="quiet">${none}</p>` : table} ${all > rows.length ? note : null}
  </section>`;
}

function chunkRow(row: ChunkRow, job: SafeHtml | string): SafeHtml {
  const { chunkIndex, recordCount, priority, completedAt, outcome, unexpectedFailures = 0 } = row;
  const state = completedAt
    ? html`<span class="good">${outcome}</span><br /><span class="quiet">${time(completedAt)}</span>`
    : html`<span class="busy">open</span> <span class="quiet">place ${count(priority)}</span>`;
  const failures = html`<br />${count(unexpectedFailures)} unexpected failures`;
  return html`<tr>
    <th scope="row">${chunkIndex}</th>
    <td>${state}${unexpectedFailures > 0 ? failures : null}</td>
    <td class="number">${count(recordCount)}</td>
    <td>${job}</td>
  </tr>`;
}

function jobCell({ completedAt }: ChunkRow, job: JobSummary | undefined): SafeHtml {
  if (!job) {
    const why = completedAt ? 'no longer kept' : 'none: the reconciler adds it within seconds';
    return html`<span class="quiet">${why}</span>`;
  }
  return html`<a href="${jobPath(job.id)}">${job.state}</a>
    <span class="quiet">attempts: ${count(job.attempts)}</span>
    ${job.failedReason ? html`<br /><span class="quiet">${job.failedReason}</span>` : null}`;
}
