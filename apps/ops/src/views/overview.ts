import { html, type SafeHtml } from '@remix-run/html-template';
import { keysOf } from '@trackly/contract';
import type { SaveError, OpenImport, OpenImports } from '@trackly/db';
import type { JobCounts, JobSummary } from '@trackly/queue';

import type { News, ServerState } from '../monitor.ts';
import { account, age, count, importLink, jobPath, progress, queuePath, time } from './format.ts';
import type { Page } from './layout.ts';

export interface OverviewState extends ServerState, News {
  /** Name of the server that holds the queue. */
  queueServer: string;
}

/** The overview of the whole service. */
export function overviewPage(state: OverviewState): Page {
  const { ledger, queue, recordsPerSecond, troubledJobs, saveErrors, queueServer } = state;
  return {
    title: 'Overview',
    isLive: true,
    main: html`<h1 class="unseen">Overview</h1>
      ${health(state)} ${figures(ledger, recordsPerSecond)}
      <div class="columns">
        <div>
          ${section('jobs', 'Queue', queue ? jobCounts(queue) : silence(`The queue in ${queueServer}`))}
          ${section('save-errors', 'Records that could not be saved', saveErrors ? saveErrorTable(saveErrors) : silence('PostgreSQL'))}
        </div>
        <div>
          ${section('troubled', 'Failed attempts', troubledJobs ? troubled(troubledJobs) : silence('The queue'))}
          ${section('running', 'Running imports', ledger ? running(ledger) : silence('PostgreSQL'))}
        </div>
      </div>
      <p class="quiet">As of ${time(new Date())}. Records per second: average of the last ten seconds.</p>`,
  };
}

function section(id: string, heading: string, body: SafeHtml): SafeHtml {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${heading}</h2>
    ${body}
  </section>`;
}

function silence(server: string): SafeHtml {
  return html`<p class="notice bad">${server} does not answer.</p>`;
}

function health({ ledger, queue, queueServer }: OverviewState): SafeHtml {
  const sign = (server: string, isUp: boolean) =>
    html`<li class="${isUp ? 'good' : 'bad'}">${server} ${isUp ? 'answers' : 'does not answer'}</li>`;
  return html`<ul class="health" aria-label="Servers">
    ${sign('PostgreSQL', ledger !== undefined)} ${sign(`Queue in ${queueServer}`, queue !== undefined)}
  </ul>`;
}

function figures(ledger: OpenImports | undefined, recordsPerSecond: number | undefined): SafeHtml {
  const oldest = ledger?.first[0]?.since;
  const figure = (name: string, value: string | undefined) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value ?? '–'}</dd>
    </div>`;
  return html`<dl class="figures">
    ${figure('Records per second', recordsPerSecond === undefined ? undefined : count(recordsPerSecond))}
    ${figure('Running imports', ledger && count(ledger.count))}
    ${figure('Open chunks', ledger && count(ledger.openChunks))}
    ${figure('Oldest open chunk', ledger && (oldest ? age(oldest) : 'none'))}
  </dl>`;
}

const meanings: Record<keyof JobCounts, string> = {
  waiting: 'next in line',
  prioritized: 'in line after those',
  active: 'in progress',
  delayed: 'failed, will be retried',
  completed: 'the last thousand',
  failed: 'not retried: should be 0',
};

function jobCounts(counts: JobCounts): SafeHtml {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">State</th>
        <th scope="col" class="number">Jobs</th>
      </tr>
    </thead>
    <tbody>
      ${keysOf(meanings).map(
        (state) =>
          html`<tr>
            <th scope="row">
              <a href="${queuePath(state)}">${state}</a> <span class="quiet">${meanings[state]}</span>
            </th>
            <td class="number">${count(counts[state])}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function running({ first, count: all }: OpenImports): SafeHtml {
  if (all === 0) return html`<p class="quiet">None: all accepted imports are completed.</p>`;
  const note =
    all > first.length ? html`<p class="quiet">The ${count(first.length)} oldest of ${count(all)}.</p>` : null;
  return html`<table>
      <thead>
        <tr>
          <th scope="col">Import</th>
          <th scope="col">Records</th>
          <th scope="col" class="number">Age</th>
        </tr>
      </thead>
      <tbody>
        ${first.map(runningRow)}
      </tbody>
    </table>
    ${note}`;
}

function runningRow(open: OpenImport): SafeHtml {
  const { importId, isUndo, isDryRun, since, recordCount, openRecords } = open;
  const done = recordCount - openRecords;
  const seconds = Math.max(1, (Date.now() - since.getTime()) / 1_000);
  const what = isUndo ? 'being undone' : isDryRun && 'dry run';
  return html`<tr>
    <td>${importLink(importId)}<br />${account(open)}${what ? html` <span class="busy">${what}</span>` : null}</td>
    <td>${progress(done, recordCount)} <span class="quiet">${count(done / seconds)}/s</span></td>
    <td class="number">${age(since)}</td>
  </tr>`;
}

function troubled(jobs: JobSummary[]): SafeHtml {
  if (jobs.length === 0) return html`<p class="quiet">None recently.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Import</th>
        <th scope="col">Last failure</th>
        <th scope="col" class="number">Attempts</th>
      </tr>
    </thead>
    <tbody>
      ${jobs.map(
        ({ id, importId, state, attempts, failedReason, attemptedAt }) =>
          html`<tr>
            <td>
              ${importId ? importLink(importId) : null}<br />
              <a href="${jobPath(id)}" aria-label="job ${id}">job</a> ${state}
            </td>
            <td>${failedReason}<br /><span class="quiet">${attemptedAt ? time(attemptedAt) : null}</span></td>
            <td class="number">${count(attempts)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function saveErrorTable(records: SaveError[]): SafeHtml {
  if (records.length === 0) return html`<p class="quiet">None: no record was rejected with save_error.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Import</th>
        <th scope="col" class="number">Record</th>
        <th scope="col">Rejected</th>
      </tr>
    </thead>
    <tbody>
      ${records.map(
        (record) =>
          html`<tr>
            <td>${importLink(record.importId)}<br />${account(record)}</td>
            <td class="number">${count(record.recordIndex)}</td>
            <td>${time(record.rejectedAt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
