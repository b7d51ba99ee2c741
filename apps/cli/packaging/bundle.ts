import path from 'node:path';

import { rolldown } from 'rolldown';

const entry = path.join(import.meta.dirname, '../src/importer.ts');

/**
 * Makes one file of the importer and of all that it needs.
 *
 * @returns the files that have gone into it
 */
export async function bundle(file: string): Promise<string[]> {
  await using build = await rolldown({ input: entry, platform: 'node', transform: { target: 'node20' } });
  const { output } = await build.write({ file, format: 'esm', codeSplitting: false, minify: false, sourcemap: false });
  return output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
}
