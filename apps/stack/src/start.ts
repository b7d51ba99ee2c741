import { runService } from '@trackly/runtime';

import { readConfig } from './config.ts';
import { startStack } from './supervisor.ts';

await runService({
  name: 'stack',
  readConfig,
  async start({ HOST: host, PORT: port, OPS_PORT: opsPort }, logger, resources) {
    const stack = startStack({ host, port, opsPort, output: 'inherit' });
    resources.defer(() => stack.stop());
    const { opsUrl } = await stack.ready;
    logger.info({ url: stack.url, opsUrl }, 'ready; Ctrl-C stops everything');

    stack.running.catch(async (error: unknown) => {
      logger.fatal({ err: error }, 'stopping');
      await stack.stop();
      process.exit(1);
    });
  },
});
