import type { Command, Option } from 'commander';

/** What can come next on the command line. */
export interface Choice {
  words: Word[];
  files: boolean;
}

export interface Word {
  word: string;
  /** Its description; may be empty. */
  meaning: string;
}

export interface OptionNode {
  /** Its short and long form: `-h` and `--help`. */
  flags: string[];
  meaning: string;
  /** Undefined if the option takes no value. */
  value: Choice | undefined;
}

/** A command, and what can follow it. */
export interface CommandNode {
  /** The words that lead to the command after the program's name, each with a space before it. */
  at: string;
  next: Choice;
  options: OptionNode[];
}

/** Lists a command and all of its subcommands, parents first. */
export function nodesOf(command: Command, at = ''): CommandNode[] {
  const help = command.createHelp();
  const children = help.visibleCommands(command).filter((child) => child.name() !== 'help');
  const commands = children.map((child) => ({ word: child.name(), meaning: firstSentence(child.description()) }));
  const values = command.registeredArguments.map((argument) => choiceOf(argument.name(), argument.argChoices));
  const node = {
    at,
    next: {
      words: [...commands, ...values.flatMap(({ words }) => words)],
      files: values.some(({ files }) => files),
    },
    options: help.visibleOptions(command).map(toOptionNode),
  };
  return [node, ...children.flatMap((child) => nodesOf(child, `${at} ${child.name()}`))];
}

function toOptionNode({ short, long, description, required, optional, flags, argChoices }: Option): OptionNode {
  const [, name = ''] = /[<[](.*?)(?:\.\.\.)?[\]>]/.exec(flags) ?? [];
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    meaning: firstSentence(description),
    value: required || optional ? choiceOf(name, argChoices) : undefined,
  };
}

/** The name of a value may list its choices, as in `<tune|everflow|FILE.json>`. */
function choiceOf(name: string, choices: readonly string[] = []): Choice {
  const alternatives = name.split('|');
  const isFile = (text: string) => /^files?\b/i.test(text);
  const listed = alternatives.length > 1 ? alternatives.filter((text) => !isFile(text)) : [];
  return {
    words: [...choices, ...listed].map((word) => ({ word, meaning: '' })),
    files: alternatives.some(isFile),
  };
}

function firstSentence(text: string): string {
  return (text.split(/\.\s/, 1)[0] ?? '').replace(/\.$/, '');
}
