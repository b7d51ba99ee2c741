import { Command } from 'commander';

import { CommandError } from '../terminal/command-error.ts';
import { print } from '../terminal/print.ts';

interface CreateOptions {
  account: string;
  number: string;
  name?: string;
  brand?: string;
  type?: string;
}

const LONGEST_NAME = 255;
const LONGEST_TYPE = 64;

/** `trackly lists`: creates the lists that contacts are on. */
export function listsCommand(): Command {
  const lists = new Command('lists').description('Create lists');

  lists
    .command('create')
    .description('Create a list, from whose number messages are sent. Prints its id on the last line.')
    .requiredOption('--account <name>', 'account that the list belongs to')
    .requiredOption('--number <number>', 'its number: + and 7 to 15 digits, or a short code of 4 to 8 digits')
    .option('--name <name>', 'its name, for people')
    .option('--brand <name>', 'the brand in whose name messages are sent')
    .option('--type <type>', 'its type, such as toll_free or short_code')
    .addHelpText(
      'after',
      '\nExample:\n  trackly lists create --account acme --number +15550000001 --name Newsletter --brand "Winter Shop"',
    )
    .action(create);

  return lists;
}

async function create(options: CreateOptions): Promise<void> {
  const { account: accountName, number, name, brand, type } = options;
  const { findAccount, withDatabase } = await import('./database.ts');
  const { LIST_NUMBER_PATTERN } = await import('@trackly/contract');
  if (!new RegExp(LIST_NUMBER_PATTERN).test(number)) {
    throw new CommandError(
      `"${number}" is no number of a list: write + and 7 to 15 digits, such as +15550000001, or a short code of 4 to 8 digits.`,
    );
  }
  const texts = {
    listName: checked('--name', name, LONGEST_NAME),
    brandName: checked('--brand', brand, LONGEST_NAME),
    listType: checked('--type', type, LONGEST_TYPE),
  };
  const id = await withDatabase(async (db) => {
    const account = await findAccount(db, accountName);
    const { count } = await db.sendingList.createMany({
      data: { accountId: account.id, listNumber: number, ...texts },
      skipDuplicates: true,
    });
    const list = await db.sendingList.findUniqueOrThrow({
      where: { accountId_listNumber: { accountId: account.id, listNumber: number } },
    });
    if (count === 0) {
      throw new CommandError(`The account "${accountName}" has a list ${number} already: its id is ${list.id}.`);
    }
    return list.id;
  });
  print(`List ${number} of account "${accountName}":\n${id}`);
}

function checked(option: string, text: string | undefined, most: number): string | null {
  if (text === undefined) return null;
  if (text.trim() === '' || Array.from(text).length > most) {
    throw new CommandError(`${option} must be a text of 1 to ${most} characters.`);
  }
  return text;
}
