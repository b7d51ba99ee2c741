import { Option, type Command } from 'commander';

/** Adds the options for reaching the service. */
export function addServiceOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the service').env('TRACKLY_URL').default('http://127.0.0.1:3000'))
    .addOption(new Option('--api-key <key>', 'API key of the account').env('TRACKLY_API_KEY').makeOptionMandatory());
}
