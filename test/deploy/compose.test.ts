import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { root } from './manifests.ts';
import { imageEnvironment, knownSettings } from './settings.ts';

const Strings = Type.Array(Type.String());

/** What we use of https://docs.docker.com/reference/compose-file: a field that is misspelt is not among it. */
const Service = Type.Object(
  {
    image: Type.String(),
    build: Type.Optional(Type.Object({ dockerfile: Type.String() }, { additionalProperties: false })),
    user: Type.Optional(Type.String()),
    entrypoint: Type.Optional(Strings),
    command: Type.Optional(Strings),
    environment: Type.Optional(Type.Record(Type.String(), Type.String())),
    depends_on: Type.Optional(Type.Record(Type.String(), Type.Object({ condition: Type.String() }))),
    ports: Type.Optional(Strings),
    volumes: Type.Optional(Strings),
    working_dir: Type.Optional(Type.String()),
    healthcheck: Type.Optional(Type.Object({})),
    restart: Type.Optional(Type.String()),
    stop_grace_period: Type.Optional(Type.String()),
    init: Type.Optional(Type.Boolean()),
    read_only: Type.Optional(Type.Boolean()),
    cap_drop: Type.Optional(Strings),
    security_opt: Type.Optional(Strings),
    mem_limit: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
const ComposeFile = Type.Object({ services: Type.Record(Type.String(), Service) });

const file: unknown = parse(await readFile(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
Value.Assert(ComposeFile, file);
const { services } = file;
const ours = Object.entries(services).filter(([, { build }]) => build);
const { PORT, OPS_PORT } = await imageEnvironment();

test('our containers are built from one image, and take settings that the code knows', async () => {
  expect(ours.map(([name]) => name)).toEqual(['migrate', 'api', 'worker', 'ops']);
  const known = await knownSettings();
  for (const [, { image, environment }] of ours) {
    expect(image).toBe(services['api']?.image);
    expect(Object.keys(environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  }
});

test('only migrations run as the owner of the tables, all else with the role that roles.sql makes, and its password', () => {
  const password = '${PROCESSES_PASSWORD:-trackly}';
  for (const [name, { environment }] of ours) {
    const user = name === 'migrate' ? 'trackly:${POSTGRES_PASSWORD:-trackly}' : `trackly_processes:${password}`;
    expect(environment?.['DATABASE_URL']).toBe(`postgresql://${user}@postgres:5432/trackly`);
  }
  expect(services['migrate']?.depends_on).toMatchObject({ roles: { condition: 'service_completed_successfully' } });
  expect(services['roles']).toMatchObject({
    image: services['postgres']?.image,
    command: [`--set=processes_password=${password}`, '--file=/roles.sql'],
    volumes: ['./deploy/postgresql/roles.sql:/roles.sql:ro'],
  });
});

test('Redis has a user with the rights that the documentation gives it, and no other', async () => {
  const guide = await readFile(path.join(root, 'docs/operations.md'), 'utf8');
  const [, documented = ''] = /^user (trackly on .*)$/m.exec(guide) ?? [];
  const password = '${REDIS_PASSWORD:-trackly}';
  const users = `--user default off --user ${documented.replace('PASSWORD', () => password)}`;
  expect(services['redis']?.command?.join(' ')).toContain(users);
  for (const [, { environment }] of ours) {
    expect(environment?.['REDIS_URL']).toBe(`redis://trackly:${password}@redis:6379`);
  }
});

test('our containers can neither write nor gain rights', () => {
  for (const [, { read_only: readOnly, cap_drop: capDrop, security_opt: securityOpt }] of ours) {
    expect({ readOnly, capDrop, securityOpt }).toEqual({
      readOnly: true,
      capDrop: ['ALL'],
      securityOpt: ['no-new-privileges:true'],
    });
  }
});

test.for(['api', 'worker', 'ops'])('%s begins after the migrations, is restarted, and may end in peace', (name) => {
  expect(services[name]).toMatchObject({
    command: [name],
    depends_on: {
      postgres: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
      migrate: { condition: 'service_completed_successfully' },
    },
    restart: 'unless-stopped',
    stop_grace_period: '35s',
    mem_limit: expect.any(String),
  });
  // The image has one, which fits.
  expect(services[name]).not.toHaveProperty('healthcheck');
});

test('the servers are of a version, tell when they are ready, and Redis evicts no job', () => {
  for (const name of ['postgres', 'redis'] as const) {
    expect(services[name]?.image).toMatch(/^\$\{[A-Z]+_IMAGE:-[a-z]+:\d+\.\d+(?:\.\d+)?\}$/);
    expect(services[name]?.healthcheck).toHaveProperty('test');
  }
  expect(services['redis']?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
});

test('all ports are published on loopback only, none of workers, whose number is free', () => {
  const ports = Object.entries(services).flatMap(([name, service]) =>
    (service.ports ?? []).map((port) => [name, port]),
  );
  expect(ports).toEqual([
    ['postgres', '127.0.0.1:${POSTGRES_PORT:-5432}:5432'],
    ['redis', '127.0.0.1:${REDIS_PORT:-6379}:6379'],
    ['api', `127.0.0.1:\${PORT:-3000}:${PORT}`],
    ['ops', `127.0.0.1:\${OPS_PORT:-3001}:${OPS_PORT}`],
  ]);
});
