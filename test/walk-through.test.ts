import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, test } from 'vitest';

import { README_LIST, runReadmeExamples } from './support/readme.ts';
import { useStack } from './support/suite.ts';
import { trackly } from './support/trackly.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = await readFile(path.join(root, 'docs/api.md'), 'utf8');

/** The documented address of the API. */
const DOCUMENTED_URL = 'http://127.0.0.1:3000';

interface Step {
  heading: string;
  commands: string;
  /** What they print, and in what form; undefined when the page does not show it. */
  answer: { form: string; text: string } | undefined;
}

/** The commands of the page, with the answer that is shown after them. */
function readSteps(): Step[] {
  const steps: Step[] = [];
  let heading = '';
  for (const [, title, form = '', text = ''] of page.matchAll(/^## (.+)$|^```(\w*)\n([^]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else if (form === 'sh') steps.push({ heading, commands: text, answer: undefined });
    else Object.assign(steps.at(-1) ?? {}, { answer: { form, text } });
  }
  return steps;
}

/** A text in which `…` stands for anything. */
function matcherOf(text: string): RegExp {
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('…', '.*')}$`);
}

/** A JSON value as something to compare with: its texts may have `…` in them. */
function parseShown(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && value.includes('…') ? expect.stringMatching(matcherOf(value)) : value,
  );
}

/** Reads what was shown, or printed, in the form that it is shown in. */
function parse(form: string, text: string): unknown {
  if (form === 'json') return parseShown(text);
  const lines = text.replaceAll('\r', '').trim().split('\n');
  return form === 'ndjson' ? lines.map(parseShown) : lines;
}

describe('README.md', () => {
  const stack = useStack();

  test('shows what its examples answer', async () => {
    const { url, database } = stack();
    const asAdministrator = (...args: string[]) => trackly(args, { env: { DATABASE_URL: database.url } });
    const { stdout } = await asAdministrator('keys', 'create', '--account', 'acme');
    await asAdministrator('lists', 'create', '--account', 'acme', '--number', README_LIST);
    const { answer, shown } = await runReadmeExamples(url, stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(answer).toEqual(shown);
  });
});

describe('docs/api.md', () => {
  const stack = useStack();
  const steps = readSteps();
  let printed: string[] = [];

  beforeAll(async () => {
    const { url, database } = stack();
    const folder = await mkdtemp(path.join(tmpdir(), 'trackly-walk-through-'));
    const mark = randomUUID();
    const script = steps.map(({ commands }) => `${commands}\nprintf %s ${mark}`).join('\n');
    const program = script.replaceAll(DOCUMENTED_URL, url).replaceAll('npx trackly', 'trackly');
    try {
      const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', program], {
        cwd: folder,
        env: {
          ...process.env,
          DATABASE_URL: database.url,
          PATH: `${path.join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
        },
      });
      printed = stdout.split(mark);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('has commands', () => {
    expect(steps.length).toBeGreaterThan(10);
    expect(printed).toHaveLength(steps.length + 1);
  });

  test.for(steps.map((step, index) => ({ index, ...step })).filter(({ answer }) => answer))(
    '$heading',
    ({ index, answer }) => {
      const { form = '', text = '' } = answer ?? {};
      expect(parse(form, printed[index] ?? '')).toEqual(parse(form, text));
    },
  );
});
