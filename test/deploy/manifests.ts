import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const folder = path.join(root, 'deploy/kubernetes');

/** What every object of Kubernetes has. */
const Manifest = Type.Object({
  apiVersion: Type.String(),
  kind: Type.String(),
  metadata: Type.Optional(Type.Object({ name: Type.Optional(Type.String()) })),
});
export type Manifest = Static<typeof Manifest>;

const Kustomization = Type.Object(
  {
    apiVersion: Type.String(),
    kind: Type.Union([Type.Literal('Kustomization'), Type.Literal('Component')]),
    namespace: Type.Optional(Type.String()),
    labels: Type.Optional(Type.Array(Type.Unknown())),
    resources: Type.Array(Type.String()),
    components: Type.Optional(Type.Array(Type.String())),
    images: Type.Optional(Type.Array(Type.Unknown())),
    configMapGenerator: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String(),
            behavior: Type.Optional(Type.Literal('merge')),
            envs: Type.Optional(Type.Array(Type.String())),
            literals: Type.Optional(Type.Array(Type.String())),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);

export interface Manifests {
  objects: Manifest[];
  /** Files that a kustomization names, and those that name them, from {@link folder}. */
  named: Set<string>;
  /** `NAME=value` lines of the generated config maps, by their name. */
  settings: Map<string, string[]>;
}

/**
 * Reads what a kustomization names, and what those name in turn. It carries nothing out: neither images nor labels
 * change, and a generated config map keeps its plain name.
 */
export async function readKustomization(directory: string): Promise<Manifests> {
  const found: Manifests = { objects: [], named: new Set(), settings: new Map() };
  await collect(path.join(folder, directory), found);
  return found;
}

async function collect(directory: string, found: Manifests): Promise<void> {
  const file = path.join(directory, 'kustomization.yaml');
  const [kustomization] = await readDocuments(file);
  Value.Assert(Kustomization, kustomization);
  found.named.add(path.relative(folder, file));

  for (const { name, envs = [], literals = [] } of kustomization.configMapGenerator ?? []) {
    const lines = found.settings.get(name) ?? [];
    found.settings.set(name, [...lines, ...literals, ...(await readEnvFiles(directory, envs, found))]);
  }
  for (const resource of [...kustomization.resources, ...(kustomization.components ?? [])]) {
    const target = path.join(directory, resource);
    if (!resource.endsWith('.yaml')) {
      await collect(target, found);
      continue;
    }
    found.named.add(path.relative(folder, target));
    found.objects.push(...(await readDocuments(target)).map(toManifest));
  }
}

async function readEnvFiles(directory: string, names: string[], found: Manifests): Promise<string[]> {
  const texts = await Promise.all(
    names.map(async (name) => {
      found.named.add(path.relative(folder, path.join(directory, name)));
      return readFile(path.join(directory, name), 'utf8');
    }),
  );
  return texts.flatMap((text) => text.split('\n')).filter((line) => line !== '' && !line.startsWith('#'));
}

function toManifest(object: unknown): Manifest {
  Value.Assert(Manifest, object);
  return object;
}

async function readDocuments(file: string): Promise<unknown[]> {
  return parseYaml(await readFile(file, 'utf8'), file);
}

/** @throws at anything that is not clear: a key that comes twice, a tab, a tag that is not known */
function parseYaml(text: string, name: string): unknown[] {
  return parseAllDocuments(text, { strict: true, uniqueKeys: true }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new Error(`${name}: ${problem.message}`);
    return document.toJS();
  });
}

/** All files below {@link folder} that are not documentation. */
export async function allFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** What `kubectl apply -k` would send; undefined when there is no kubectl. */
export async function buildWithKustomize(directory: string): Promise<Manifest[] | undefined> {
  try {
    const { stdout } = await run('kubectl', ['kustomize', path.join(folder, directory)]);
    return parseYaml(stdout, 'kubectl kustomize').map(toManifest);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
