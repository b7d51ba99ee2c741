import { html } from '@remix-run/html-template';

import type { Page } from './layout.ts';

export interface SignInState {
  /** The path to go to after signing in. */
  next: string;
  /** Whether the password would be sent without TLS. */
  isUnprotected: boolean;
  hasFailed?: boolean;
}

/** The sign-in page. */
export function signInPage({ next, isUnprotected, hasFailed = false }: SignInState): Page {
  return {
    title: 'Sign in',
    isInside: false,
    main: html`<form class="sign-in" method="post" action="/sign-in">
      <h1>Sign in</h1>
      ${hasFailed ? html`<p class="notice bad" role="alert">Wrong user or password.</p>` : null}
      ${
        isUnprotected
          ? html`<p class="notice warn">
              This page came without TLS: others on the network can read the password. Open it over https or through a
              tunnel.
            </p>`
          : null
      }
      <input type="hidden" name="next" value="${next}" />
      <label>User <input name="user" autocomplete="username" required autofocus /></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
      <button>Sign in</button>
    </form>`,
  };
}
