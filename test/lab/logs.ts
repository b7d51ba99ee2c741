import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** Finds the lines of a log that hold a secret: "api-1.log:17: …". */
export async function findSecrets(logFile: string, secrets: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(logFile) })) {
    number += 1;
    const secret = secrets.find((each) => line.includes(each));
    if (secret !== undefined) found.push(`${logFile}:${number} holds "${secret}": ${line.slice(0, 300)}`);
  }
  return found;
}

/** The last lines of a log; none when there is no log. */
export async function lastLines(logFile: string, count: number): Promise<string[]> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count);
}
