import { Command, InvalidArgumentError, Option } from 'commander';

const WRONG_ARGUMENT = 2;
const SEE_HELP = 'See --help.';

/** An option of a command. Its name is its key in {@link CommandLine.options}, with dashes instead of capitals. */
export interface OptionDeclaration<T> {
  help: string;
  /** Stands for the value in the help; unset: the option takes none, and is true when it is there. */
  value?: string;
  /** @throws InvalidArgumentError saying what the value must be */
  parse: (text: string) => T;
  default: T;
}

export interface CommandLine<T extends Record<string, unknown>> {
  /** What stands before the options when the command is typed. */
  command: string;
  /** What the command does: lines of at most 80 characters. */
  about: string;
  options: { [Name in keyof T]: OptionDeclaration<T[Name]> };
  /** What the help says after the options. */
  appendix?: string;
}

/**
 * Reads what a command was called with. With `--help`, prints the help and exits with 0; with a wrong argument, says
 * what is wrong with it and exits with 2.
 */
export function readOptions<T extends Record<string, unknown>>(args: readonly string[], line: CommandLine<T>): T {
  const { command, about, options, appendix } = line;
  const program = new Command(command)
    .description(about)
    .helpOption('--help', 'print this help')
    .showHelpAfterError(SEE_HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_ARGUMENT));
  for (const [name, declaration] of Object.entries<OptionDeclaration<unknown>>(options)) {
    program.addOption(toOption(name, declaration));
    program.setOptionValue(name, declaration.default);
  }
  if (appendix !== undefined) program.addHelpText('after', `\n${appendix}`);
  return program.parse(args, { from: 'user' }).opts<T>();
}

/** Says what is wrong with arguments that do not go together, and exits as for one that is wrong. */
export function refuseArguments(what: string): never {
  process.stderr.write(`error: ${what}\n${SEE_HELP}\n`);
  process.exit(WRONG_ARGUMENT);
}

function toOption(name: string, { help, value, parse, default: initial }: OptionDeclaration<unknown>): Option {
  const long = `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
  if (value === undefined) return new Option(long, help);
  return new Option(`${long} <${value}>`, help).default(initial).argParser((text: string) => parse(text));
}

/** An option with a value, which the word `value` stands for in the help. Without a default, it may be undefined. */
export function option<T>(value: string, help: string, parse: (text: string) => T): OptionDeclaration<T | undefined>;
export function option<T>(value: string, help: string, parse: (text: string) => T, initial: T): OptionDeclaration<T>;
export function option<T>(value: string, help: string, parse: (text: string) => T, initial?: T) {
  return { value, help, parse, default: initial };
}

/** An option that is there or not. */
export function flag(help: string): OptionDeclaration<boolean> {
  return { help, parse: () => true, default: false };
}

/** Reads a whole number between the bounds, both included. */
export function wholeNumber({ min = 1, max = Infinity }: { min?: number; max?: number } = {}): (
  text: string,
) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= min && number <= max) return number;
    const range = max === Infinity ? `${min} or more` : `${min} to ${max}`;
    throw new InvalidArgumentError(`It must be a whole number, ${range}.`);
  };
}

/** Reads one of the words. */
export function oneOf<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new InvalidArgumentError(`It must be ${words.join(' or ')}.`);
    return word;
  };
}

/** Reads names of some of several things, separated by commas; gives the things in their own order. */
export function someOf<T extends { name: string }>(what: string, things: readonly T[]): (text: string) => T[] {
  return (text) => {
    const names = text.split(',');
    const unknown = names.find((name) => !things.some((thing) => thing.name === name));
    if (unknown !== undefined) throw new InvalidArgumentError(`There is no ${what} "${unknown}".`);
    return things.filter(({ name }) => names.includes(name));
  };
}
