import path from 'node:path';

import { rolldown } from 'rolldown';

const entry = path.join(import.meta.dirname, '../src/importer.ts');

/**
 * Bundles the importer and all of its dependencies into one file.
 *
 * @returns the source files that the bundle contains
 */
export async function bundle(file: string): Promise<string[]> {
  await using build = await rolldown({ input: entry, platform: 'node', transform: { target: 'node20' } });
  const { output } = await build.write({ file, format: 'esm', codeSplitting: false, minify: false, sourcemap: false });
  return output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
}
