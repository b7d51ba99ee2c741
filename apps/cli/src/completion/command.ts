import { Argument, Command } from 'commander';

import { bashScript } from './bash.ts';
import { nodesOf, type CommandNode } from './command-tree.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const scripts = new Map<string, (nodes: readonly CommandNode[]) => string>([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
]);

/** `trackly completion`: prints a completion script for the program that the command is added to. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('Print a script that makes a shell complete commands, options and files')
    .addArgument(new Argument('<shell>', 'which shell').choices([...scripts.keys()]))
    .addHelpText(
      'after',
      `
To have it in every shell from now on:
  bash  echo 'eval "$(trackly completion bash)"' >> ~/.bashrc
  zsh   echo 'eval "$(trackly completion zsh)"' >> ~/.zshrc      (after compinit)
  fish  trackly completion fish > ~/.config/fish/completions/trackly.fish`,
    )
    .action((shell: string, _options: unknown, command: Command) => {
      const script = scripts.get(shell);
      if (script && command.parent) process.stdout.write(script(nodesOf(command.parent)));
    });
}
