import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { Command, Option } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { completionCommand } from './command.ts';
import { bashScript } from './bash.ts';
import { nodesOf } from './command-tree.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

function program(): Command {
  const top = new Command('trackly');
  const importing = top.command('import').description("Send it: all that's there. Slowly.");
  importing
    .command('revenue')
    .description('Revenue')
    .argument('<files...>')
    .option('-p, --preset <tune|everflow|FILE.json>', 'names of columns')
    .option('--url <url>', "the API's address")
    .addOption(new Option('--level <level>').choices(['low', 'high']))
    .option('--json');
  importing.command('status').argument('[name]');
  return top.addCommand(completionCommand());
}

const nodes = nodesOf(program());
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-completion-'));
  await writeFile(path.join(folder, 'my history.csv'), '');
  await mkdir(path.join(folder, 'archive'));
});
afterAll(() => rm(folder, { recursive: true }));

const FILES = ['archive', 'my history.csv'];
const LINES: [line: string[], offered: string[]][] = [
  [[''], ['import', 'completion']],
  [['i'], ['import']],
  [
    ['import', ''],
    ['revenue', 'status'],
  ],
  [['import', 'x'], []],
  [['import', 'revenue', ''], FILES],
  [['import', 'revenue', 'my'], ['my history.csv']],
  [
    ['import', 'revenue', '--'],
    ['--preset', '--url', '--level', '--json', '--help'],
  ],
  [['import', 'revenue', '--json', '--pr'], ['--preset']],
  [
    ['import', 'revenue', '--preset', ''],
    ['tune', 'everflow', ...FILES],
  ],
  [['import', 'revenue', '-p', 'tu'], ['tune']],
  [
    ['import', 'revenue', '--level', ''],
    ['low', 'high'],
  ],
  [['import', 'revenue', '--url', ''], []],
  [['import', 'status', ''], []],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
];

async function run(shell: string, script: string, args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(shell, ['-c', script, shell, ...args], { cwd: folder });
  return stdout.split('\n').filter((line) => line !== '');
}

function isThere(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
}

const sorted = (words: string[]) => words.toSorted((a, b) => a.localeCompare(b));

describe('bash', () => {
  const ask = (words: string[]) =>
    run(
      'bash',
      `set -u; ${bashScript(nodes)}
      [[ $(complete -p trackly) == *'-F _trackly trackly' ]] || exit 1
      COMP_WORDS=(trackly "$@") COMP_CWORD=$#
      _trackly
      for word in \${COMPREPLY[@]+"\${COMPREPLY[@]}"}; do echo "$word"; done`,
      words,
    );

  test.each([
    ...LINES,
    [['import', 'revenue', '--preset', '=', 'ev'], ['everflow']],
    [
      ['import', 'revenue', '--level', '='],
      ['low', 'high'],
    ],
  ])('offers for %j: %j', async (words, offered) => {
    expect(sorted(await ask(words))).toEqual(sorted(offered));
  });
});

describe.skipIf(!isThere('zsh'))('zsh', () => {
  // What zsh's own functions would be told, who can show it only to a terminal.
  const ask = (words: string[]) =>
    run(
      'zsh',
      `compdef() { [[ "$*" == '_trackly trackly' ]] }
      compset() { PREFIX=\${PREFIX#*=} }
      _describe() { for word in "\${offered[@]}"; do [[ $word == $PREFIX* ]] && print -r -- "\${word%%:*}"; done; true }
      _files() { for word in *(N); do [[ $word == $PREFIX* ]] && print -r -- "$word"; done; true }
      ${zshScript(nodes)}
      words=(trackly "$@") CURRENT=$(($# + 1)) PREFIX="\${@[-1]}"
      _trackly; true`,
      words,
    );

  test.each([...LINES, [['import', 'revenue', '--preset=ev'], ['everflow']]])(
    'offers for %j: %j',
    async (words, offered) => {
      expect(sorted(await ask(words))).toEqual(sorted(offered));
    },
  );
});

describe.skipIf(!isThere('fish'))('fish', () => {
  const ask = async (words: string[]) => {
    const lines = await run('fish', `${fishScript(nodes)}\ncomplete -C $argv[-1]`, [['trackly', ...words].join(' ')]);
    return lines.map((line) => (line.split('\t')[0] ?? '').replace(/\/$/, '').replaceAll('\\ ', ' '));
  };

  test.each([...LINES, [['import', 'revenue', '--level=hi'], ['--level=high']]])(
    'offers for %j: %j',
    async (words, offered) => {
      expect(sorted(await ask(words))).toEqual(sorted(offered));
    },
  );
});
