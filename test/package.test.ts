import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';

import { beforeAll, afterAll, describe, expect, test } from 'vitest';

import { addSmallCatalog } from './support/catalog.ts';
import { useStack } from './support/suite.ts';

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '..');

describe('the package', () => {
  const stack = useStack();
  let folder = '';
  let workspace = '';
  let tarball = '';
  /** Where the package is installed. */
  let place = '';

  // In a copy: while npm packs, package.json is another.
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trackly-package-'));
    workspace = path.join(folder, 'apps/cli');
    await cp(path.join(repository, 'apps/cli'), workspace, {
      recursive: true,
      filter: (file) => !['dist', 'node_modules'].includes(path.basename(file)),
    });
    await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
    tarball = await pack();
    place = path.join(folder, 'empty');
    await mkdir(place);
    await npm(['install', '--global', '--prefix', place, tarball], place);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Lacks the settings of this repository, which npm hands on to what it starts: no user's shell has them. */
  const plainEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const npm = (args: string[], cwd: string) =>
    run('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd, env: plainEnv });

  async function pack(): Promise<string> {
    const { stdout } = await npm(['pack', '--pack-destination', folder], workspace);
    return path.join(folder, stdout.trimEnd().split('\n').at(-1) ?? '');
  }
  const manifest = () => readFile(path.join(workspace, 'package.json'), 'utf8');
  const ownManifest = () => readFile(path.join(repository, 'apps/cli/package.json'), 'utf8');

  /** Runs the command as a shell does, which leaves it to the first line of the file to find Node. */
  async function trackly(node: string, command: string, args: string[], cwd: string) {
    const env = { PATH: path.dirname(node) };
    try {
      return { exitCode: 0, ...(await run(command, args, { cwd, env })) };
    } catch (error) {
      if (error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error) {
        return { exitCode: error.code, stdout: String(error.stdout), stderr: String(error.stderr) };
      }
      throw error;
    }
  }

  test('is one file and what is to be read, needs nothing, and leaves the workspace as it was', async () => {
    expect(await manifest()).toBe(await ownManifest());
    expect(await readdir(path.join(workspace, 'dist'))).toEqual(['THIRD-PARTY.txt', 'trackly.js']);
    const installed = path.join(place, 'lib/node_modules/@trackly/cli');
    expect(await readdir(path.join(place, 'lib/node_modules'))).toEqual(['@trackly']);
    const files = await readdir(installed, { recursive: true });
    const expected = ['LICENSE', 'README.md', 'dist', 'dist/THIRD-PARTY.txt', 'dist/trackly.js', 'package.json'];
    expect(files.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(expected);
    const packed: unknown = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
    expect(packed).toMatchObject({
      name: '@trackly/cli',
      bin: { trackly: 'dist/trackly.js' },
      engines: { node: '>=20.18.1' },
    });
    for (const key of ['private', 'dependencies', 'devDependencies']) expect(packed).not.toHaveProperty(key);
  });

  test('is the same after a pack that was interrupted', async () => {
    const before = await readFile(tarball);
    await run(process.execPath, ['packaging/prepack.ts'], { cwd: workspace });
    expect(await manifest()).not.toBe(await ownManifest());
    expect((await readFile(await pack())).equals(before)).toBe(true);
    expect(await manifest()).toBe(await ownManifest());
  });

  test.for([process.execPath, ...nodes20()])('imports a file with %s', async (node) => {
    const { database, url } = stack();
    const account = await addSmallCatalog(database.sql);
    const files = await mkdtemp(path.join(folder, 'files-'));
    const call = (args: string[]) => trackly(node, path.join(place, 'bin/trackly'), args, files);
    const help = await call(['--help']);
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Usage: trackly'), stderr: '' });
    expect((await call(['import', 'revenue', '--help'])).stdout).toContain('--api-key');
    expect((await call(['completion', 'bash'])).stdout).toContain('complete -F _trackly trackly');

    const header = 'message_id,offer_id,revenue';
    const rows = Array.from({ length: 1500 }, (_, index) => `m0,o0,${index}.25`);
    await writeFile(path.join(files, 'good.csv'), [header, ...rows].join('\n'));
    await writeFile(path.join(files, 'partly.csv'), [header, 'm0,o0,1', 'nowhere,o0,1'].join('\n'));
    const importFile = (file: string) =>
      call([
        'import',
        'revenue',
        file,
        '--default',
        'timestamp=now',
        '--url',
        url,
        '--api-key',
        account.apiKey,
        '--json',
      ]);
    const good = await importFile('good.csv');
    expect(good.exitCode).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ imported: 1500, rejected: 0, total_revenue: '1124625' });
    const partly = await importFile('partly.csv');
    expect(partly.exitCode).toBe(1);
    expect(JSON.parse(partly.stdout)).toMatchObject({ imported: 1, rejected: 1 });

    const dates = ['message_id;offer_id;revenue;timestamp', 'm0;x0;1.000,5;31.12.2024 23:30'];
    await writeFile(path.join(files, 'dates.csv.zst'), zstdCompressSync(dates.join('\r\n')));
    const service = ['--url', url, '--api-key', account.apiKey];
    const formats = ['--decimal-comma', '--timezone', 'Europe/Berlin', '--date-format', 'd.M.yyyy HH:mm'];
    expect(await call(['import', 'revenue', 'dates.csv.zst', ...service, ...formats])).toMatchObject({
      exitCode: 0,
    });
    for (const file of ['good.csv', 'partly.csv', 'dates.csv.zst']) {
      expect(await call(['verify', file, ...service])).toMatchObject({ exitCode: 0 });
      expect(await call(['import', 'undo', file, '--yes', ...service])).toMatchObject({ exitCode: 0 });
    }
    expect((await call(['import', 'status', ...service])).stdout.match(/ undone /g)).toHaveLength(3);
  });
});

/** The Node 20 of the machine, the oldest that the package is for, if there is one. */
function nodes20(): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((name) => !name.includes('node_modules'));
  const node = folders.map((name) => path.join(name, 'node')).find((file) => existsSync(file));
  return node && execFileSync(node, ['--version'], { encoding: 'utf8' }).startsWith('v20.') ? [node] : [];
}
