import { html } from '@remix-run/html-template';

import type { Page } from './layout.ts';

/** A page with an error message only. */
export function errorPage(text: string): Page {
  return {
    title: 'Error',
    isInside: false,
    main: html`<h1>${text}</h1>
      <p><a href="/">Back to the overview</a></p>`,
  };
}
