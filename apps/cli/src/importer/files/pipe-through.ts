import path from 'node:path';

import { quoteArgument } from '../../terminal/quote-argument.ts';
import { inputName, STANDARD_INPUT } from './byte-source.ts';

/**
 * Says how to import a file through a command that makes another format of it.
 *
 * @param name of the input in messages
 * @param command without the file, such as `xz -dc`
 * @param entry of the file that the command reads
 */
export function pipeThrough(name: string, command: string, entry?: string): string {
  if (name === inputName(STANDARD_INPUT)) return `pipe it through ${command} first`;
  const more = entry === undefined ? '' : ` ${quoteArgument(entry)}`;
  const imported = quoteArgument(path.basename(entry ?? name));
  return `use ${command} ${quoteArgument(name)}${more} | trackly import … - --name ${imported}, with the same options`;
}
