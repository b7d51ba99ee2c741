import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { SchemaEngine, type MigrationList, type SchemasContainer } from '@prisma/schema-engine-wasm';
import pg from 'pg';

const PRISMA = fileURLToPath(new URL('../../prisma', import.meta.url));
const NO_FILTERS = { externalTables: [], externalEnums: [] };

export interface MigrationStatus {
  pending: string[];
  edited: string[];
  failed: string[];
}

/** Prisma's own engine on one database: what `prisma migrate` would say of it. */
export interface PrismaMigrate extends AsyncDisposable {
  /** The SQL that turns the database into what schema.prisma says; undefined when it is that already. */
  diff(): Promise<string | undefined>;
  /** As `prisma migrate status`. */
  status(): Promise<MigrationStatus>;
  /** As `prisma migrate deploy`: the names of the migrations that it applied. */
  deploy(): Promise<string[]>;
}

/** Opens the engine that the command `prisma` has inside, without the command, which would download another one. */
export async function openPrismaMigrate(databaseUrl: string): Promise<PrismaMigrate> {
  const schema = await readSchema();
  const migrationsList = await readMigrationList();
  const pool = new pg.Pool({ connectionString: databaseUrl, Client: CatalogClient });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapterFactory(pool));
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);

  return {
    [Symbol.asyncDispose]: () => pool.end(),
    async diff() {
      const { exitCode, stdout } = await engine.diff({
        from: { tag: 'schemaDatasource', configDir: PRISMA, ...schema },
        to: { tag: 'schemaDatamodel', ...schema },
        script: true,
        exitCode: true,
        filters: NO_FILTERS,
      });
      return exitCode === 0 ? undefined : (stdout ?? '');
    },
    async status() {
      const diagnosis = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: NO_FILTERS,
      });
      const { history } = diagnosis;
      const pending = history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
      return { pending, edited: diagnosis.editedMigrationNames, failed: diagnosis.failedMigrationNames };
    },
    async deploy() {
      return (await engine.applyMigrations({ migrationsList, filters: NO_FILTERS })).appliedMigrationNames;
    },
  };
}

const CHAR_OID = 18;
const UUID_OID = 2950;

// PostgreSQL's own tables have columns of type "char", which Prisma's adapter does not know and the engine asks for.
// They pass through the adapter as uuid, a type that the engine never asks for.

class CatalogClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.connection.prependListener('rowDescription', ({ fields }: { fields: pg.FieldDef[] }) => {
      for (const field of fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = UUID_OID;
    });
  }
}

class CatalogAdapterFactory extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const { columnTypes, ...result } = await queryRaw(query);
      const { Uuid, Character } = ColumnTypeEnum;
      return { ...result, columnTypes: columnTypes.map((type) => (type === Uuid ? Character : type)) };
    };
    // The adapter cuts a script at each semicolon, also in comments and functions; the engine of the command does not.
    adapter.executeScript = async (script) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

async function readSchema(): Promise<SchemasContainer> {
  const file = path.join(PRISMA, 'schema.prisma');
  return { files: [{ path: file, content: await readFile(file, 'utf8') }] };
}

async function readMigrationList(): Promise<MigrationList> {
  const baseDir = path.join(PRISMA, 'migrations');
  const names = await readMigrationNames();
  return {
    baseDir,
    shadowDbInitScript: '',
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    migrationDirectories: await Promise.all(
      names.map(async (name) => {
        const value = await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8');
        return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
      }),
    ),
  };
}

/** The migrations there are, in order. */
export async function readMigrationNames(): Promise<string[]> {
  const entries = await readdir(path.join(PRISMA, 'migrations'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
