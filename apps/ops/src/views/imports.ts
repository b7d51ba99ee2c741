import { html, type SafeHtml } from '@remix-run/html-template';
import type { ChunkProgress, FoundImport, RefusalCount } from '@trackly/db';
import type { JobSummary } from '@trackly/queue';

import { account, age, count, decimal, importLink, jobPath, progress, time } from './format.ts';
import type { Page } from './layout.ts';

export interface ImportState {
  found: FoundImport;
  refusals: RefusalCount[];
  /** Not all of them, when there are many. */
  chunks: ChunkProgress[];
  /** The chunks' jobs, in their order; undefined when the queue does not answer. */
  jobs: (JobSummary | undefined)[] | undefined;
}

/** One import, and what became of it so far. */
export function importPage({ found, refusals, chunks, jobs }: ImportState): Page {
  const { importId, kind, requestId, createdAt, completedAt, recordCount, openRecords, savedRecords } = found;
  const processed = recordCount - openRecords;
  const fact = (name: string, value: SafeHtml | string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return {
    title: `Import ${importId}`,
    isLive: completedAt === null,
    main: html`<h1>Import <span class="id">${importId}</span></h1>
      <dl class="facts">
        ${fact('State', completedAt ? html`<span class="good">completed</span>` : html`<span class="busy">processing</span>`)}
        ${fact('Account', account(found))} ${fact('Kind', kind)}
        ${fact('Request', html`<a class="id" href="/search?${new URLSearchParams({ q: requestId }).toString()}">${requestId}</a>`)}
        ${fact('Accepted', time(createdAt))}
        ${fact(completedAt ? 'Completed' : 'Open for', completedAt ? time(completedAt) : age(createdAt))}
        ${fact('Records', progress(processed, recordCount))} ${fact('Saved', count(savedRecords))}
        ${fact('Refused', count(processed - savedRecords))} ${fact('Revenue saved', decimal(found.savedRevenue))}
      </dl>
      ${refusals.length > 0 ? refusalTable(refusals) : null} ${chunkTable(found, chunks, jobs)}
      <p class="quiet">As of ${time(new Date())}.</p>`,
  };
}

function refusalTable(refusals: RefusalCount[]): SafeHtml {
  return html`<section aria-labelledby="refused">
    <h2 id="refused">Refused records</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col" class="number">Records</th>
        </tr>
      </thead>
      <tbody>
        ${refusals.map(
          ({ code, records }) =>
            html`<tr>
              <th scope="row">${code}</th>
              <td class="number">${count(records)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function chunkTable({ chunkCount }: FoundImport, chunks: ChunkProgress[], jobs: ImportState['jobs']): SafeHtml {
  const rows = chunks.map((chunk, index) =>
    chunkRow(chunk, jobs ? jobCell(chunk, jobs[index]) : 'the queue does not answer'),
  );
  const isCut = chunkCount > chunks.length;
  return html`<section aria-labelledby="chunks">
    <h2 id="chunks">Chunks</h2>
    ${
      chunkCount === 0
        ? html`<p class="quiet">None: the checks refused every record.</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">Chunk</th>
                <th scope="col">State</th>
                <th scope="col" class="number">Records</th>
                <th scope="col">Job</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>`
    }
    ${isCut ? html`<p class="quiet">${count(chunks.length)} of ${count(chunkCount)}, open ones first.</p>` : null}
  </section>`;
}

function chunkRow(chunk: ChunkProgress, job: SafeHtml | string): SafeHtml {
  const { chunkIndex, recordCount, priority, completedAt, savedRecords, unexpectedFailures } = chunk;
  const state = completedAt
    ? html`<span class="good">${count(savedRecords ?? 0)} saved</span><br /><span class="quiet"
          >${time(completedAt)}</span
        >`
    : html`<span class="busy">open</span> <span class="quiet">place ${count(priority)}</span>`;
  const failures = html`<br />${count(unexpectedFailures)} unexpected failures`;
  return html`<tr>
    <th scope="row">${chunkIndex}</th>
    <td>${state}${unexpectedFailures > 0 ? failures : null}</td>
    <td class="number">${count(recordCount)}</td>
    <td>${job}</td>
  </tr>`;
}

function jobCell({ completedAt }: ChunkProgress, job: JobSummary | undefined): SafeHtml {
  if (!job) {
    const why = completedAt ? 'not kept any more' : 'none yet, or lost: put back within seconds';
    return html`<span class="quiet">${why}</span>`;
  }
  return html`<a href="${jobPath(job.id)}">${job.state}</a>
    <span class="quiet">attempts: ${count(job.attempts)}</span>
    ${job.failedReason ? html`<br /><span class="quiet">${job.failedReason}</span>` : null}`;
}

/** The imports that a request brought. */
export function requestPage(requestId: string, imports: FoundImport[]): Page {
  return {
    title: `Request ${requestId}`,
    search: requestId,
    main: html`<h1>Imports of request <span class="id">${requestId}</span></h1>
      <table>
        <thead>
          <tr>
            <th scope="col">Import</th>
            <th scope="col">Records</th>
            <th scope="col">Accepted</th>
          </tr>
        </thead>
        <tbody>
          ${imports.map(
            (found) =>
              html`<tr>
                <td>${importLink(found.importId)}<br />${account(found)}</td>
                <td>${progress(found.recordCount - found.openRecords, found.recordCount)}</td>
                <td>${time(found.createdAt)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="quiet">The latest first, ${count(imports.length)} shown.</p>`,
  };
}

/** Says that the ledger knows nothing of an id, and where else to look. */
export function unknownPage(id: string, keptDays: number): Page {
  return {
    title: 'Not found',
    search: id,
    main: html`<h1>Nothing is known of <span class="id">${id}</span></h1>
      <p>No import has this id, and no accepted request had it. What to try next:</p>
      <ul>
        <li>
          Look for it in the logs of the API: a request that was refused (4xx, 503) leaves a log line and no import.
        </li>
        <li>
          Imports are kept for ${count(keptDays)} days, their revenue rows stay: an older one is not here any more.
        </li>
        <li>A request that was sent again under its Idempotency-Key has the import of the first: its X-Import-Id.</li>
        <li>Is it whole? Ids are in the answer’s X-Import-Id and X-Request-Id headers.</li>
      </ul>`,
  };
}
