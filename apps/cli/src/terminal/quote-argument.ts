/** Quotes an argument for a shell, if it needs that. */
export function quoteArgument(argument: string): string {
  return /^[\w=,.…/-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
