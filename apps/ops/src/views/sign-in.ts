import { html } from '@remix-run/html-template';

import type { Page } from './layout.ts';

export interface SignInState {
  /** Where to go then. */
  next: string;
  /** Whether a password would travel readable. */
  isUnprotected: boolean;
  hasFailed?: boolean;
}

/** The form that asks who is there. */
export function signInPage({ next, isUnprotected, hasFailed = false }: SignInState): Page {
  return {
    title: 'Sign in',
    isInside: false,
    main: html`<form class="sign-in" method="post" action="/sign-in">
      <h1>Sign in</h1>
      ${hasFailed ? html`<p class="notice bad" role="alert">That is not the user or not the password.</p>` : null}
      ${
        isUnprotected
          ? html`<p class="notice warn">
              This page came without TLS: whoever is on the way can read the password. Reach it over https, or through a
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
