/** Control characters but for tab and line feed, which could command the terminal; and those that turn text around. */
const UNPRINTABLE = /(?![\t\n])\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Makes text safe for a terminal: file names, columns and answers of a service can hold escape sequences. JSON stays the
 * same JSON.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
