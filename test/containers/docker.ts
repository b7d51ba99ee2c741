import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../..', import.meta.url));
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/** Runs docker, and returns what it printed. */
export type Docker = (args: string[]) => Promise<string>;

/** @param env what compose fills into its file @param signal ends what runs; absent for what must be done anyway */
export function openDocker(env: Record<string, string>, signal?: AbortSignal): Docker {
  return async (args) => {
    const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: MAX_OUTPUT_BYTES, signal };
    const { stdout } = await run('docker', args, options);
    return stdout;
  };
}

/** Whether there is a Docker that runs containers and knows compose. */
export async function hasDocker(): Promise<boolean> {
  const docker = openDocker({});
  return Promise.all([docker(['info']), docker(['compose', 'version'])]).then(
    () => true,
    () => false,
  );
}

/** Builds the image as the README says, on the host's network: not every machine lets containers reach npm's registry. */
export async function buildImage(docker: Docker, image: string): Promise<void> {
  const authorities = process.env['NODE_EXTRA_CA_CERTS'];
  const secret = authorities ? ['--secret', `id=ca,src=${authorities}`] : [];
  await docker(['build', '--network', 'host', ...secret, '--file', 'deploy/Dockerfile', '--tag', image, '.']);
}

/** Runs `docker compose` on the project's file. */
export function openCompose(docker: Docker, project: string): Docker {
  const file = path.join(root, 'docker-compose.yml');
  return (args) => docker(['compose', '--project-name', project, '--file', file, ...args]);
}
