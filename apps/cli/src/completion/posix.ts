import type { Choice, CommandNode, OptionNode } from './command-tree.ts';

/** Text as one word of bash and zsh. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The pattern of all ways to get to a command. */
export function commandPattern(nodes: readonly CommandNode[]): string {
  return nodes.flatMap(({ at }) => (at ? [quote(at)] : [])).join('|');
}

/** A case for each option that takes a value: what may be its value. */
export function valueCases(nodes: readonly CommandNode[], assign: (choice: Choice) => string): string {
  const caseOf = (at: string, { flags, value }: OptionNode) =>
    value ? [`    (${flags.map((flag) => quote(`${at} ${flag}`)).join('|')}) ${assign(value)} ;;\n`] : [];
  return nodes.flatMap(({ at, options }) => options.flatMap((option) => caseOf(at, option))).join('');
}

/** A case for each command: its options after a dash, or else what may follow it. */
export function nextCases(nodes: readonly CommandNode[], assign: (choice: Choice) => string): string {
  return nodes
    .map(({ at, next, options }) => {
      const flags = options.flatMap((option) => option.flags.map((word) => ({ word, meaning: option.meaning })));
      return `    (${quote(at)}:-*) ${assign({ words: flags, files: false })} ;;
    (${quote(at)}:*) ${assign(next)} ;;
`;
    })
    .join('');
}
