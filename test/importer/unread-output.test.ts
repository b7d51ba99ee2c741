import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { eventually } from '../support/eventually.ts';
import { forward } from './forward.ts';
import { HEADER, history, useWorkbench } from './workbench.ts';

const bench = useWorkbench();

/** Fills a pipe until it takes no more. */
function fill({ fd }: FileHandle): void {
  try {
    for (;;) writeSync(fd, '.');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
  }
}

/** Starts a process of Node that writes to a pipe, and waits for it. */
async function startWriter(pipe: FileHandle, reader: FileHandle) {
  const program = 'process.stdout.write("."); process.stdin.resume()';
  const writer = spawn(process.execPath, ['-e', program], { stdio: ['pipe', pipe.fd, 'inherit'] });
  await eventually(() => reader.read(Buffer.alloc(1)));
  return writer;
}

test.each([
  ['a pipe of its own', false],
  ['a pipe that it shared with a process of Node', true],
])('Ctrl-C twice ends an import whose output nobody reads any more, in %s', async (_pipe, isShared) => {
  await using cleanup = new AsyncDisposableStack();
  const path = bench.path(`output-${isShared}`);
  execFileSync('mkfifo', [path]);
  const reader = cleanup.use(await open(path, constants.O_RDWR | constants.O_NONBLOCK));
  const output = cleanup.use(await open(path, 'w'));
  const writer = isShared ? await startWriter(output, reader) : undefined;

  const file = await bench.write(`unread-${isShared}.csv`, `${HEADER}\n${history(3000)}`);
  const [sent, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const proxy = cleanup.use(
    await forward(bench.stack().url, async ({ method }) => {
      if (method !== 'POST') return;
      sent.resolve();
      await released.promise;
    }),
  );
  cleanup.defer(() => released.resolve());
  const { child, result } = bench.start(['import', 'revenue', file, '--json'], {
    env: { TRACKLY_URL: proxy.url },
    output: output.fd,
  });
  await sent.promise;
  if (writer) {
    writer.stdin?.end();
    await once(writer, 'exit');
  }
  fill(reader);

  // Signals that come at once may count as one, and nothing can be read that tells of the first.
  await eventually(() => {
    child.kill('SIGINT');
    expect(child.exitCode ?? child.signalCode).not.toBeNull();
  });
  await result;
  expect([130, 'SIGINT']).toContain(child.exitCode ?? child.signalCode);
});
