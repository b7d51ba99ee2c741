import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const readme = fileURLToPath(new URL('../../README.md', import.meta.url));

/** The number of the list that the README creates. */
export const README_LIST = '+15550001000';

/**
 * Runs the README's examples of curl, one after the other.
 *
 * @returns the last answer, and the one that the README shows
 */
export async function runReadmeExamples(url: string, apiKey: string): Promise<{ answer: unknown; shown: unknown }> {
  const page = await readFile(readme, 'utf8');
  const examples = [...page.matchAll(/```\n(curl [^`]+)```/g)].map(([, commands = '']) => commands);
  const shown = /```json\n([^`]+)```/.exec(page)?.[1] ?? '';
  let answer = '';
  for (const example of examples) {
    const commands = example
      .replaceAll('http://127.0.0.1:3000', url)
      .replaceAll('trk_your_api_key_here', apiKey)
      .replaceAll('curl -X', 'curl --silent --show-error --fail -X');
    answer = (await promisify(execFile)('sh', ['-ec', commands])).stdout;
  }
  return { answer: JSON.parse(answer), shown: JSON.parse(shown) };
}
