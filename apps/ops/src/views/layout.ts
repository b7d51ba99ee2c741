import { html, type SafeHtml } from '@remix-run/html-template';
import type { FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the console has sign-in, and so a button to sign out. */
    hasSessions: boolean;
  }
}

export interface Page {
  title: string;
  main: SafeHtml;
  /** Updates the page every two seconds; without JavaScript, reloads it every five. */
  isLive?: boolean;
  /** Whether to show the navigation. */
  isInside?: boolean;
  /** The text in the search field. */
  search?: string;
}

/** Sends a page inside the layout that all pages share. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(String(frame(page, reply.server.hasSessions)));
}

function frame({ title, main, isLive = false, isInside = true, search = '' }: Page, hasSessions: boolean): SafeHtml {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Trackly ops</title>
        <link rel="icon" type="image/svg+xml" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/style.css" />
        ${
          isLive
            ? html`<script type="module" src="/assets/live.js"></script>
                <noscript><meta http-equiv="refresh" content="5" /></noscript>`
            : null
        }
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="24" height="24" />Trackly ops</a>
          ${isInside ? navigation(search, hasSessions) : null}
        </header>
        <p id="connection" role="status"></p>
        <main id="main">${main}</main>
      </body>
    </html>`;
}

function navigation(search: string, hasSessions: boolean): SafeHtml {
  return html`<nav aria-label="Pages"><a href="/">Overview</a> <a href="/queues">Queue</a></nav>
    <form role="search" action="/search">
      <label for="search" class="unseen">Import id or request id</label>
      <input id="search" type="search" name="q" value="${search}" placeholder="Import id or request id" required />
      <button>Find</button>
    </form>
    ${hasSessions ? html`<form method="post" action="/sign-out"><button class="plain">Sign out</button></form>` : null}`;
}
