const SHOWN_CHARACTERS = 2_000;

/**
 * Finds the lines of a process's log that tell of an error, or are no log lines at all. Of lines that differ in nothing
 * but time and request, the first stands for all.
 */
export function errorsInLog(log: string): string[] {
  const bad = new Map<string, string>();
  for (const line of log.split('\n')) {
    const isError = !line.startsWith('{"level":') || /^\{"level":[5-9]\d/.test(line);
    if (line === '' || !isError) continue;
    const kind = line.replaceAll(/"(time":\d+|(requestId|importId)":"[^"]*")/g, '');
    if (!bad.has(kind)) bad.set(kind, line.slice(0, SHOWN_CHARACTERS));
  }
  return [...bad.values()];
}
