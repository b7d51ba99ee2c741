/** Ignores errors of stdout: its reader may stop early, as in "trackly keys list | head". */
export function ignoreClosedOutput(): void {
  process.stdout.on('error', () => undefined);
}
