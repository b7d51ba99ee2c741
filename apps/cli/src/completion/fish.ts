import type { Choice, CommandNode, OptionNode } from './command-tree.ts';

/** A completion script for fish 3.0 or newer. */
export function fishScript(nodes: readonly CommandNode[]): string {
  const commands = nodes.flatMap(({ at }) => (at ? [quote(at)] : []));
  return `# Completes trackly's commands in fish.
function __trackly_is_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case ${commands.join(' ')}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c trackly -f
${nodes.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ at, next, options }: CommandNode): string[] {
  const here = `complete -c trackly -n ${quote(`__trackly_is_at ${quote(at)}`)}`;
  const words = next.words.map(({ word, meaning }) => `${here} -a ${quote(word)} -d ${quote(meaning)}`);
  const files = next.files ? [`${here} -F`] : [];
  return [...words, ...files, ...options.map((option) => `${here} ${optionOf(option)}`)];
}

function optionOf({ flags, meaning, value }: OptionNode): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [...names, `-d ${quote(meaning)}`, ...(value ? [valueOf(value)] : [])].join(' ');
}

function valueOf({ words, files }: Choice): string {
  return `-r ${files ? '-F' : '-f'} -a ${quote(words.map(({ word }) => word).join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
