import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { glob } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const alertsFile = path.join(root, 'deploy/prometheus/alerts.yml');
const dashboardFile = path.join(root, 'deploy/grafana/trackly-history-import.json');

const AlertFile = Type.Object({
  groups: Type.Array(
    Type.Object({
      rules: Type.Array(
        Type.Object({
          alert: Type.String(),
          expr: Type.String(),
          labels: Type.Object({ severity: Type.Union([Type.Literal('critical'), Type.Literal('warning')]) }),
          annotations: Type.Object({ summary: Type.String(), runbook: Type.String() }),
        }),
      ),
    }),
  ),
});

const Dashboard = Type.Object({
  panels: Type.Array(
    Type.Object({ id: Type.Integer(), targets: Type.Optional(Type.Array(Type.Object({ expr: Type.String() }))) }),
  ),
});

const rules = Value.Parse(AlertFile, parse(await readFile(alertsFile, 'utf8'))).groups.flatMap((group) => group.rules);
const { panels } = Value.Parse(Dashboard, JSON.parse(await readFile(dashboardFile, 'utf8')));
const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** The metrics of ours that the source makes, and the series that Prometheus makes of them. */
async function seriesInSource(): Promise<Set<string>> {
  const series = new Set<string>();
  for await (const file of glob('{apps,packages}/*/src/**/*.ts', { cwd: root })) {
    const source = await readFile(path.join(root, file), 'utf8');
    for (const [, name = ''] of source.matchAll(/name: '(trackly_\w+)'/g)) {
      for (const suffix of ['', '_bucket', '_sum', '_count']) series.add(name + suffix);
    }
  }
  return series;
}

test.each([
  ['alert', rules.map(({ expr }) => expr)],
  ['panel', shown],
])('every %s asks for metrics that there are', async (_what, expressions) => {
  const known = await seriesInSource();
  const asked = expressions.flatMap((expr) => expr.match(/\btrackly_\w+/g) ?? []);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
});

test('every alert has a section in the operations guide, which its runbook leads to', async () => {
  const guide = await readFile(path.join(root, 'docs/operations.md'), 'utf8');
  for (const { alert, annotations } of rules) {
    expect(guide).toContain(`\n### ${alert}\n`);
    expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
  }
  const sections = [...guide.matchAll(/^### (Trackly\w+)$/gm)].map(([, alert]) => alert);
  expect(sections).toEqual(rules.map(({ alert }) => alert));
});

test('the dashboard’s panels have ids of their own', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

const run = promisify(execFile);
const promtool = spawnSync('promtool', ['--version']).error ? undefined : 'promtool';

describe.skipIf(!promtool)(`as promtool sees it${promtool ? '' : ' (left out: no promtool on the PATH)'}`, () => {
  const check = (...args: string[]) => run('promtool', args, { cwd: root }).then(({ stdout }) => stdout);

  test('the configuration and the rules are valid', async () => {
    expect(await check('check', 'config', 'deploy/prometheus/prometheus.yml')).toContain('SUCCESS');
  });

  test('each alert fires when it should, and none on a healthy night', async () => {
    const tests = await readFile(path.join(root, 'deploy/prometheus/alerts.test.yml'), 'utf8');
    for (const { alert } of rules) expect(tests).toContain(`alertname="${alert}"`);
    expect(await check('test', 'rules', 'deploy/prometheus/alerts.test.yml')).toContain('SUCCESS');
  });

  test('the dashboard’s queries are valid', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'trackly-dashboard-'));
    try {
      const recorded = shown.map((expr, index) => ({
        record: `panel:${index}`,
        expr: expr.replaceAll('$__rate_interval', '1m'),
      }));
      const file = path.join(folder, 'queries.yml');
      await writeFile(file, stringify({ groups: [{ name: 'dashboard', rules: recorded }] }));
      expect(await check('check', 'rules', file)).toContain(`${shown.length} rules found`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
