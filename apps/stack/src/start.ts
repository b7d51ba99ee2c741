import { runService } from '@trackly/runtime';

import { readConfig } from './config.ts';
import { startStack } from './supervisor.ts';

await runService({
  name: 'stack',
  readConfig,
  async start({ HOST: host, PORT: port }, logger, resources) {
    const stack = startStack({ host, port, output: 'inherit' });
    resources.defer(() => stack.stop());
    await stack.ready;
    logger.info({ url: stack.url }, 'ready; Ctrl-C stops everything');

    stack.running.catch(async (error: unknown) => {
      logger.fatal({ err: error }, 'stopping');
      await stack.stop();
      process.exit(1);
    });
  },
});
