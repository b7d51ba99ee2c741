const MOST_SHOWN = 100;
const LONGEST_SHOWN = 40;

/** Lists names for a message: up to 100, each shortened to 40 characters. */
export function shortList(names: readonly string[]): string {
  const shown = names
    .slice(0, MOST_SHOWN)
    .map((name) => (name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name));
  const others = names.length - shown.length;
  return `${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
