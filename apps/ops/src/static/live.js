import morphdom from './morphdom.js';

const EVERY_MS = 2_000;
const PATIENCE_MS = 5_000;

const connection = document.querySelector('#connection');
let lastAt = new Date();

/** Screen readers announce every change of this text, so set it only if it differs. */
function say(text) {
  if (connection.textContent !== text) connection.textContent = text;
}

/** Fetches the page again and updates it in place: unchanged elements keep focus and selection. */
async function update() {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual', signal });
  // The session has ended: reload leads to the sign-in page, and from there back here.
  if (response.type === 'opaqueredirect') return location.reload();
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  morphdom(document.querySelector('main'), page.querySelector('main'));
  lastAt = new Date();
  say('');
}

/** Skips the update while the page is hidden. */
async function updateIfSeen() {
  if (document.hidden) return;
  await update().catch(() => {
    say(`No answer from the server since ${lastAt.toISOString().slice(11, 19)} UTC: what is shown may be out of date.`);
  });
}

async function keepUpToDate() {
  await updateIfSeen();
  setTimeout(keepUpToDate, EVERY_MS);
}

document.addEventListener('visibilitychange', () => void updateIfSeen());
setTimeout(keepUpToDate, EVERY_MS);
