import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

import { DatabaseError, openDatabase, type Database } from '@trackly/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createDatabase, type TestDatabase } from './support/database.ts';
import { HANGS_AFTER_MS } from './support/limits.ts';

const SECRET = 'secret-value';

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;
let db: Database;

function open(url: string, statementTimeoutMs = HANGS_AFTER_MS): Database {
  const opened = openDatabase({ url, poolSize: 1, applicationName: 'test', statementTimeoutMs });
  cleanup.defer(() => opened.$disconnect());
  return opened;
}

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
  db = open(database.url);
  await database.sql.query('CREATE TABLE small (value text UNIQUE CHECK (length(value) < 20))');
  await database.sql.query(`INSERT INTO small VALUES ('${SECRET}')`);
});
afterAll(() => cleanup.disposeAsync());

async function failureOf(statement: Promise<unknown>): Promise<DatabaseError> {
  const error = await statement.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DatabaseError)) throw new Error('It did not fail as expected.', { cause: error });
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(SECRET);
  expect(error.cause).toBeUndefined();
  return error;
}

/** A server that does this to every connection; with its URL. */
async function startBroken(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.defer(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what listens on a port has one
  return `postgresql://user:${SECRET}@127.0.0.1:${(server.address() as AddressInfo).port}/none`;
}

describe('what failed for good, because of', () => {
  test.for([
    ['a value out of range', `SELECT 1e300::numeric(4, 2)`, 'data', '22003'],
    ['a value of another type', `SELECT '${SECRET}'::integer`, 'data', '22P02'],
    ['a check', `INSERT INTO small VALUES ('${SECRET} that is too long')`, 'data', '23514'],
    ['a duplicate', `INSERT INTO small VALUES ('${SECRET}')`, 'data', '23505'],
    ['a statement that is wrong', `SELECT "${SECRET}"`, 'unexpected', '42703'],
    ['an error of our own', `DO $$ BEGIN RAISE EXCEPTION '${SECRET}'; END $$`, 'unexpected', 'P0001'],
  ] as const)('%s', async ([, statement, kind, sqlState]) => {
    const failure = await failureOf(db.$executeRawUnsafe(statement));
    expect(failure).toMatchObject({ kind, sqlState, isTransient: false });
    expect(failure.message).toContain(sqlState);
  });
});

describe('what may succeed later, because of', () => {
  test('a time limit', async () => {
    const hasty = open(database.url, 300);
    const failure = await failureOf(hasty.$queryRaw`SELECT pg_sleep(600)`);
    expect(failure).toMatchObject({ kind: 'rolled_back', sqlState: '57014' });
  });

  test('a standby, which is read-only', async () => {
    const standby = open(`${database.url}?options=-c%20default_transaction_read_only%3Don`);
    const failure = await failureOf(standby.$executeRaw`CREATE TABLE more (value text)`);
    expect(failure).toMatchObject({ kind: 'rolled_back', sqlState: '25006', isTransient: true });
  });

  test('a connection that the server ends', async () => {
    const failure = await failureOf(db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
    expect(failure).toMatchObject({ kind: 'uncertain', sqlState: '57P01', isTransient: true });
  });

  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  test.for([
    ['connection_failure', '08006', 'uncertain'],
    ['serialization_failure', '40001', 'rolled_back'],
    ['statement_completion_unknown', '40003', 'uncertain'],
    ['deadlock_detected', '40P01', 'rolled_back'],
    ['disk_full', '53100', 'rolled_back'],
    ['out_of_memory', '53200', 'rolled_back'],
    ['too_many_connections', '53300', 'unreachable'],
    ['lock_not_available', '55P03', 'rolled_back'],
    ['crash_shutdown', '57P02', 'uncertain'],
    ['cannot_connect_now', '57P03', 'unreachable'],
    ['io_error', '58030', 'rolled_back'],
    ['insufficient_privilege', '42501', 'rolled_back'],
  ] as const)('%s', async ([, sqlState, kind]) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION '${SECRET}' USING ERRCODE = '${sqlState}'; END $$`;
    expect(await failureOf(db.$executeRawUnsafe(raise))).toMatchObject({ kind, sqlState, isTransient: true });
  });

  test.for([
    ['a server that is not there', 'postgresql://user:secret-value@127.0.0.1:1/none', 'unreachable'],
    ['a name that leads nowhere', 'postgresql://user:secret-value@nowhere.invalid/none', 'unreachable'],
  ] as const)('%s', async ([, url, kind]) => {
    expect(await failureOf(open(url).$queryRaw`SELECT 1`)).toMatchObject({ kind, isTransient: true });
  });

  test('a wrong password, or a database that is being restored', async () => {
    const wrong = new URL(database.url);
    wrong.password = SECRET;
    expect(await failureOf(open(wrong.href).$queryRaw`SELECT 1`)).toMatchObject({ kind: 'unreachable' });
    const missing = new URL(database.url);
    missing.pathname = 'nowhere';
    expect(await failureOf(open(missing.href).$queryRaw`SELECT 1`)).toMatchObject({ kind: 'unreachable' });
  });

  test('a server that accepts connections and says nothing', async () => {
    const url = await startBroken(() => undefined);
    expect(await failureOf(open(url).$queryRaw`SELECT 1`)).toMatchObject({ kind: 'unreachable' });
  });

  test('a connection that ends, or breaks', async () => {
    const ends = await startBroken((socket) => socket.once('data', () => socket.end()));
    expect(await failureOf(open(ends).$queryRaw`SELECT 1`)).toMatchObject({ kind: 'uncertain' });
    const breaks = await startBroken((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await failureOf(open(breaks).$queryRaw`SELECT 1`)).toMatchObject({ kind: 'uncertain' });
  });

  test.for([
    ['ends', 'unreachable', (socket: Socket) => socket.end()],
    ['breaks', 'uncertain', (socket: Socket) => socket.resetAndDestroy()],
    ['is not understood', 'uncertain', (socket: Socket) => socket.write('neither TLS nor PostgreSQL')],
  ] as const)('a TLS handshake that %s', async ([, kind, spoil]) => {
    const url = await startBroken((socket) =>
      socket.once('data', () => {
        socket.once('data', () => spoil(socket)).write('S');
      }),
    );
    const failure = await failureOf(open(`${url}?sslmode=no-verify`).$queryRaw`SELECT 1`);
    expect(failure).toMatchObject({ kind, isTransient: true });
  });
});

test('what is not about PostgreSQL stays as it is', async () => {
  const mistake = db.offer.findMany({ take: -1, cursor: JSON.parse('{"none":1}') });
  await expect(mistake).rejects.not.toBeInstanceOf(DatabaseError);
  await expect(db.offer.findFirstOrThrow()).rejects.toThrow(/record/i);
});
