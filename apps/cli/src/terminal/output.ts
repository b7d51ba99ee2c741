/**
 * Writes text to stdout or stderr, and does not wait for whoever reads a pipe: what the pipe cannot take is written later.
 *
 * Node sees to that when it starts. But processes of Node that share a pipe, as under `xargs -P`, share its mode, too, and
 * the first that ends restores the mode that it found. From then on, a write to a full pipe would stop all else, signals
 * included, until somebody reads.
 */
export function write(name: 'stdout' | 'stderr', text: string): void {
  const stream = process[name];
  // A terminal takes what it gets. On Windows, Node needs pipes that block.
  if (!stream.isTTY && process.platform !== 'win32') keepFromBlocking(stream);
  stream.write(text);
}

/** There is no public way to this. Other streams than pipes have no such handle. */
function keepFromBlocking(stream: NodeJS.WritableStream): void {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
  if (typeof handle.setBlocking === 'function') handle.setBlocking(false);
}
