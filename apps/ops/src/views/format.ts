import { html, type SafeHtml } from '@remix-run/html-template';

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Formats a count with separators. */
export function count(value: number): string {
  return integers.format(value);
}

/** Formats a decimal of any length with separators. */
export function decimal(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Formats a time in UTC, to the second. */
export function time(value: Date): SafeHtml {
  const iso = value.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** Formats a duration in its two largest units. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Formats the time since a moment. */
export function age(value: Date): string {
  return duration(Date.now() - value.getTime());
}

/** The path of an import's page. */
export function importPath(importId: string): string {
  return `/imports/${importId}`;
}

/** The path at which Bull Board shows a job. */
export function jobPath(jobId: string): string {
  return `${queuePath()}/${encodeURIComponent(jobId)}`;
}

/** The path at which Bull Board lists the jobs: all, or those in one state. */
export function queuePath(state?: string): string {
  return state ? `/queues/queue/imports?status=${state}` : '/queues/queue/imports';
}

export function importLink(importId: string): SafeHtml {
  return html`<a class="id" href="${importPath(importId)}">${importId}</a>`;
}

/** Formats an account as name and id. */
export function account({ accountName, accountId }: { accountName: string; accountId: string }): SafeHtml {
  return html`${accountName} <span class="quiet">(${accountId})</span>`;
}

/** Renders progress as a bar and as figures. */
export function progress(done: number, all: number): SafeHtml {
  const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
  return html`<progress max="${all}" value="${done}" aria-label="${percent} percent"></progress>
    <span class="figure">${count(done)} of ${count(all)}</span>`;
}
