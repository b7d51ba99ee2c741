const SHOWN_LINES = 10;
const SHOWN_CHARACTERS = 2_000;

/**
 * Finds the lines of a process's log that tell of an error, are no log lines at all, or hold a secret. Of lines that
 * differ in nothing but time and request, the first stands for all.
 */
export function errorsInLog(log: string, secrets: readonly string[]): string[] {
  const bad = new Map<string, string>();
  for (const line of log.split('\n')) {
    const isError = !line.startsWith('{"level":') || /^\{"level":[5-9]\d/.test(line);
    if (line === '' || !(isError || secrets.some((secret) => line.includes(secret)))) continue;
    const kind = line.replaceAll(/"(time":\d+|(requestId|importId)":"[^"]*")/g, '');
    if (!bad.has(kind)) bad.set(kind, line.slice(0, SHOWN_CHARACTERS));
  }
  return [...bad.values()].slice(0, SHOWN_LINES);
}
