import { html } from '@remix-run/html-template';

import type { Page } from './layout.ts';

/** Says what went wrong, and nothing else. */
export function errorPage(text: string): Page {
  return {
    title: 'Not possible',
    isInside: false,
    main: html`<h1>${text}</h1>
      <p><a href="/">To the overview</a></p>`,
  };
}
