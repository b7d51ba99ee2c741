import morphdom from './morphdom.js';

const EVERY_MS = 2_000;
const PATIENCE_MS = 5_000;

const connection = document.querySelector('#connection');
let lastAt = new Date();

/** Screen readers hear of a change; to say the same again would be one. */
function say(text) {
  if (connection.textContent !== text) connection.textContent = text;
}

/** Draws the page anew, in place: what has not changed keeps its focus and what is selected in it. */
async function update() {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual', signal });
  // To the sign-in page, and from there back here.
  if (response.type === 'opaqueredirect') return location.reload();
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  morphdom(document.querySelector('main'), page.querySelector('main'));
  lastAt = new Date();
  say('');
}

/** Nobody looks at a hidden page: it asks for nothing. */
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
