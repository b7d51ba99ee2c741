import { migrate } from '@trackly/db';
import { prepareQueueServer } from '@trackly/queue';
import pg from 'pg';

import type { Servers } from '../servers.ts';
import { addCatalog, type BenchAccount, type Spread } from './catalog.ts';
import { addGrownHistory } from './grown.ts';
import type { Sizes } from './sizes.ts';

/** What a contestant finds in its database. */
export type TemplateName = Spread | 'grown';

/** Databases that others are made from, each built when it is first needed. */
export interface Templates {
  /** Makes a database of the given name that is a copy, with everything on disk, so that all begin alike. */
  copy(template: TemplateName, name: string): Promise<Database>;
}

/** Disposing of it drops it. */
export interface Database extends AsyncDisposable {
  url: string;
}

/** The account that everything is measured for. */
export const BENCH_ACCOUNT_ID = '1';
export const BENCH_KEY = `trk_${'b'.repeat(32)}`;
/** The account whose records are imported before the clock starts. */
export const WARM_UP_KEY = `trk_${'w'.repeat(32)}`;

export const WARM_UP_CATALOG = { messages: 2_000, contacts: 500, offers: 50 };

export interface TemplatesOptions {
  servers: Servers;
  sizes: Sizes;
  interrupted: AbortSignal;
  print: (line: string) => void;
}

export function openTemplates({ servers, sizes, interrupted, print }: TemplatesOptions): Templates {
  const built = new Map<TemplateName, Promise<string>>();

  async function build(template: TemplateName): Promise<string> {
    print(`building the catalog, ${template}`);
    const name = `template_${template}`;
    await servers.administer(`CREATE DATABASE ${name}`);
    const databaseUrl = servers.databaseUrl(name);
    await migrate(databaseUrl);
    await prepareQueueServer({ databaseUrl });
    await fill(databaseUrl, template);
    return name;
  }

  async function fill(databaseUrl: string, template: TemplateName): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench' });
    const endNow = () => void client.end();
    await client.connect();
    interrupted.addEventListener('abort', endNow);
    try {
      const bench = { id: Number(BENCH_ACCOUNT_ID), name: 'bench', apiKey: BENCH_KEY };
      const account: BenchAccount = { ...bench, ...sizes };
      await addCatalog(client, account, template === 'grown' ? 'lifelike' : template);
      await addCatalog(client, { id: 2, name: 'warm-up', apiKey: WARM_UP_KEY, ...WARM_UP_CATALOG }, 'even');
      if (template === 'grown') await addGrownHistory(client, account, sizes.grownRows);
      await client.query('VACUUM (FREEZE, ANALYZE)');
    } finally {
      interrupted.removeEventListener('abort', endNow);
      await client.end();
    }
  }

  return {
    async copy(template, name) {
      interrupted.throwIfAborted();
      const building = built.get(template) ?? build(template);
      built.set(template, building);
      await servers.administer(`CREATE DATABASE ${name} TEMPLATE ${await building} STRATEGY FILE_COPY`);
      await servers.administer('CHECKPOINT');
      return {
        url: servers.databaseUrl(name),
        [Symbol.asyncDispose]: () => servers.administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      };
    },
  };
}
