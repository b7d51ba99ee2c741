import type { Choice, CommandNode, OptionNode } from './command-tree.ts';

/** Quotes a text as one word for bash and zsh. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A `case` pattern that matches every command, by the words that lead to it. */
export function commandPattern(nodes: readonly CommandNode[]): string {
  return nodes.flatMap(({ at }) => (at ? [quote(at)] : [])).join('|');
}

/** A `case` branch for each option that takes a value: completes the value. */
export function valueCases(nodes: readonly CommandNode[], assign: (choice: Choice) => string): string {
  const caseOf = (at: string, { flags, value }: OptionNode) =>
    value ? [`    (${flags.map((flag) => quote(`${at} ${flag}`)).join('|')}) ${assign(value)} ;;\n`] : [];
  return nodes.flatMap(({ at, options }) => options.flatMap((option) => caseOf(at, option))).join('');
}

/** A `case` branch for each command: completes its options after a dash, otherwise its subcommands and arguments. */
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
