import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { root, type Manifest } from './manifests.ts';

const run = promisify(execFile);

/** Where the classes of an API group are; all others belong to Kubernetes itself. */
const packages: Partial<Record<string, string>> = {
  'keda.sh': '@kubernetes-models/keda/',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/',
};

/**
 * Checks objects against the schemas of their kinds, and refuses fields that the schemas do not know. The objects are
 * written as a program that makes each with the class of its kind: the compiler is what refuses unknown fields, and the
 * classes check values when the program runs.
 *
 * @returns what is wrong, for people; empty when nothing is
 */
export async function findSchemaErrors(objects: Manifest[]): Promise<string> {
  const project = await mkdtemp(path.join(tmpdir(), 'trackly-manifests-'));
  try {
    await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    await writeFile(path.join(project, 'package.json'), '{"type": "module"}');
    await writeFile(path.join(project, 'objects.ts'), objects.map(toStatement).join('\n'));
    const compiler = path.join(root, 'node_modules/.bin/tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', '--module', 'nodenext'];
    const types = await errorsOf(run(compiler, [...options, 'objects.ts'], { cwd: project }));
    return types || (await errorsOf(run(process.execPath, ['objects.ts'], { cwd: project })));
  } finally {
    await rm(project, { recursive: true });
  }
}

function toStatement({ apiVersion, kind, ...content }: Manifest, index: number): string {
  const group = apiVersion.split('/')[0] ?? '';
  const source = JSON.stringify(`${packages[group] ?? 'kubernetes-models/'}${apiVersion}`);
  return `import { ${kind} as Kind${index} } from ${source}; new Kind${index}(${JSON.stringify(content)}).validate();`;
}

async function errorsOf(program: Promise<unknown>): Promise<string> {
  return program.then(
    () => '',
    (error: Error & { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`,
  );
}
