import { html, type SafeHtml } from '@remix-run/html-template';
import {
  countColumns,
  importKinds,
  kindSpecs,
  type ImportKind,
  type ImportStatus,
  type KindSpec,
  type Totals,
} from '@trackly/contract';
import type { ChunkProgress, FoundImport, RejectionCount, UndoChunkProgress } from '@trackly/db';

import { chunkSection, type ChunkJobs } from './chunks.ts';
import { account, age, count, decimal, importLink, progress, time } from './format.ts';
import type { Page } from './layout.ts';

export interface ImportState {
  found: FoundImport;
  rejections: RejectionCount[];
  /** The chunks to show; not all of them if there are many. */
  chunks: ChunkProgress[];
  jobs: ChunkJobs;
  /** The same for the chunks of the undo. */
  undoChunks: UndoChunkProgress[];
  undoJobs: ChunkJobs;
}

const classOf: Record<ImportStatus, string> = {
  processing: 'busy',
  completed: 'good',
  undoing: 'busy',
  undone: 'quiet',
};

/** The page of one import: its state, its outcome so far, and its undo. */
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

/** Renders the outcome. For a dry run, it says what would be saved. */
function outcomeFacts({ kind, isDryRun, successCount, skippedCount, errorCount, totals }: FoundImport): SafeHtml {
  return html`${fact(isDryRun ? 'Would be saved' : 'Saved', count(successCount))} ${fact('Rejected', count(errorCount))}
  ${specOf(kind)?.skippedAs === undefined ? null : fact('Skipped', count(skippedCount))}
  ${totalFacts(kind, totals, isDryRun ? 'that would be saved' : 'saved')} ${countFacts(kind, totals)}`;
}

function countFacts(kind: ImportKind, totals: Totals): SafeHtml[] {
  const spec = specOf(kind);
  return spec ? namedFacts(countColumns(spec), totals) : [];
}

function namedFacts(names: readonly string[], counts: Totals): SafeHtml[] {
  return names.map((name) => fact(sentenceCase(name.replaceAll('_', ' ')), count(Number(counts[name] ?? 0))));
}

/** A newer version may have accepted an import of a kind that this one does not know. */
function specOf(kind: ImportKind): KindSpec | undefined {
  return importKinds.includes(kind) ? kindSpecs[kind] : undefined;
}

function sentenceCase(words: string): string {
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

function totalFacts(kind: ImportKind, totals: Totals, what: string): SafeHtml[] {
  const fields = specOf(kind)?.totals ?? [];
  return fields.map((field) => fact(`${sentenceCase(field)} ${what}`, decimal(totals[field] ?? '0')));
}

function undoFacts({ kind, undo, refusedUndo }: FoundImport): SafeHtml | null {
  if (refusedUndo) {
    const inUse = Object.entries(refusedUndo.inUse).map(([what, number]) => fact(`Referring ${what}`, count(number)));
    return html`${fact('Undo refused', time(refusedUndo.refusedAt))} ${inUse}`;
  }
  if (!undo) return null;
  const { requestedAt, completedAt, removedCount, removedTotals } = undo;
  return html`${fact('Undo requested', time(requestedAt))}
  ${completedAt ? fact('Undone', time(completedAt)) : fact('Being undone for', age(requestedAt))}
  ${fact('Removed', count(removedCount))} ${totalFacts(kind, removedTotals, 'removed')}
  ${namedFacts(Object.keys(specOf(kind)?.undoCounts ?? {}), removedTotals)}`;
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

export interface RequestImports {
  requestId: string;
  /** The account that was asked for, if any. */
  account: string | undefined;
  /** The imports to show. */
  imports: FoundImport[];
  /** Whether there are more. */
  hasMore: boolean;
}

/** The page of the imports with a request id. Clients choose it, so they may be of several accounts. */
export function requestPage({ requestId, account: only, imports, hasMore }: RequestImports): Page {
  const shown = count(imports.length);
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
      <p class="quiet">
        ${hasMore ? `The latest ${shown}; there are more${only ? '' : ': name the account'}.` : `${shown}, the latest first.`}
      </p>
      ${accountForm(requestId, only)}`,
  };
}

function accountForm(requestId: string, only = ''): SafeHtml {
  return html`<form action="/search">
    <input type="hidden" name="q" value="${requestId}" />
    <label>Account, by name or id <input name="account" value="${only}" /></label>
    <button>Show only its imports</button>
  </form>`;
}

/** The page for an id that is not in the ledger, or not in the account that was asked for. Says where else to look. */
export function unknownPage(id: string, keptDays: number, only?: string): Page {
  return {
    title: 'Not found',
    search: id,
    main: html`<h1>Nothing found for <span class="id">${id}</span>${only ? html` in account ${only}` : null}</h1>
      <p>No import and no accepted request has this id. What to try next:</p>
      <ul>
        <li>Search the logs of the API: a refused request (4xx, 503) leaves a log line, but no import.</li>
        <li>
          Imports are kept for ${count(keptDays)} days. An older import is no longer here, but its revenue rows are.
        </li>
        <li>
          A request that was sent again under its Idempotency-Key created no import: search for the X-Import-Id of its
          answer.
        </li>
        <li>Check that the id is complete. The answer has it in its X-Import-Id and X-Request-Id headers.</li>
      </ul>`,
  };
}
