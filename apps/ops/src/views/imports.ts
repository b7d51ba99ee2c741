import { html, type SafeHtml } from '@remix-run/html-template';
import { importKinds, kindSpecs, type ImportKind, type ImportStatus, type Totals } from '@trackly/contract';
import type { ChunkProgress, FoundImport, RejectionCount, UndoChunkProgress } from '@trackly/db';

import { chunkSection, type ChunkJobs } from './chunks.ts';
import { account, age, count, decimal, importLink, progress, time } from './format.ts';
import type { Page } from './layout.ts';

export interface ImportState {
  found: FoundImport;
  rejections: RejectionCount[];
  /** Not all of them, when there are many. */
  chunks: ChunkProgress[];
  jobs: ChunkJobs;
  /** The same of undoing it. */
  undoChunks: UndoChunkProgress[];
  undoJobs: ChunkJobs;
}

const classOf: Record<ImportStatus, string> = {
  processing: 'busy',
  completed: 'good',
  undoing: 'busy',
  undone: 'quiet',
};

/** One import, what became of it so far, and of undoing it. */
export function importPage(state: ImportState): Page {
  const { found, rejections } = state;
  const { importId, status, requestId, createdAt, completedAt, recordCount, processedCount } = found;
  return {
    title: `Import ${importId}`,
    isLive: status === 'processing' || status === 'undoing',
    main: html`<h1>Import <span class="id">${importId}</span></h1>
      <dl class="facts">
        ${fact('State', html`<span class="${classOf[status]}">${status}</span>`)} ${fact('Account', account(found))}
        ${fact('Kind', kindOf(found))}
        ${fact('Request', html`<a class="id" href="/search?${new URLSearchParams({ q: requestId }).toString()}">${requestId}</a>`)}
        ${fact('Accepted', time(createdAt))}
        ${fact(completedAt ? 'Completed' : 'Open for', completedAt ? time(completedAt) : age(createdAt))}
        ${fact('Records', progress(processedCount, recordCount))} ${outcomeFacts(found)} ${undoFacts(found)}
      </dl>
      ${rejections.length > 0 ? rejectionTable(rejections) : null} ${chunkTable(state)} ${undoChunkTable(state)}
      <p class="quiet">As of ${time(new Date())}.</p>`,
  };
}

function fact(name: string, value: SafeHtml | string): SafeHtml {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function kindOf({ kind, isDryRun, isAtomic }: FoundImport): string {
  return [kind, isAtomic && 'atomic', isDryRun && 'dry run'].filter(Boolean).join(', ');
}

/** A dry run has saved nothing. */
function outcomeFacts({ kind, isDryRun, successCount, errorCount, totals }: FoundImport): SafeHtml {
  return html`${fact(isDryRun ? 'Would be saved' : 'Saved', count(successCount))} ${fact('Rejected', count(errorCount))}
  ${totalFacts(kind, totals, isDryRun ? 'that would be saved' : 'saved')}`;
}

function totalFacts(kind: ImportKind, totals: Totals, what: string): SafeHtml[] {
  // Of an import that another version has brought, what is known is shown.
  const fields = importKinds.includes(kind) ? kindSpecs[kind].totals : [];
  return fields.map((field) =>
    fact(`${field[0]?.toUpperCase()}${field.slice(1)} ${what}`, decimal(totals[field] ?? '0')),
  );
}

function undoFacts({ kind, undo }: FoundImport): SafeHtml | null {
  if (!undo) return null;
  const { requestedAt, completedAt, removedCount, removedTotals } = undo;
  return html`${fact('Undo requested', time(requestedAt))}
  ${completedAt ? fact('Undone', time(completedAt)) : fact('Being undone for', age(requestedAt))}
  ${fact('Removed', count(removedCount))} ${totalFacts(kind, removedTotals, 'removed')}`;
}

function chunkTable({ found, chunks, jobs }: ImportState): SafeHtml {
  const did = found.isDryRun ? 'would be saved' : 'saved';
  return chunkSection({
    id: 'chunks',
    heading: 'Chunks',
    rows: chunks.map((chunk) => ({ ...chunk, outcome: `${count(chunk.savedRecords ?? 0)} ${did}` })),
    all: found.chunkCount,
    none: 'None: the checks rejected every record.',
    jobs,
  });
}

function undoChunkTable({ found, undoChunks, undoJobs }: ImportState): SafeHtml | null {
  if (!found.undo) return null;
  return chunkSection({
    id: 'undo-chunks',
    heading: 'Chunks of the undo',
    rows: undoChunks.map((chunk) => ({ ...chunk, outcome: `${count(chunk.removedRecords ?? 0)} removed` })),
    all: found.undoChunkCount,
    none: 'None.',
    jobs: undoJobs,
  });
}

function rejectionTable(rejections: RejectionCount[]): SafeHtml {
  return html`<section aria-labelledby="rejected">
    <h2 id="rejected">Rejected records</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col" class="number">Records</th>
        </tr>
      </thead>
      <tbody>
        ${rejections.map(
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
                <td>${progress(found.processedCount, found.recordCount)}</td>
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
