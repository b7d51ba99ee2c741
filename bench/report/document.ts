import { formatNumber } from './format.ts';
import type { Results } from './results.ts';
import { disturbance } from './disturbance.ts';
import { contestantsTable, figuresTable, loneTable } from './table.ts';

function howText(sizes: Results['sizes']): string {
  return `## How

Contestants take turns, round by round; a ratio is made of two that stood in the same round. The table shows medians, and
in parentheses from the smallest to the largest. Each contestant gets a fresh copy of the same database, everything of it
on disk; what it leaves behind is compared with the records, and with what the others have left: every column of every
row, and the stats of every contact.

The product is its API and worker as processes of their own, with the settings that they have by themselves, and a client
with keep-alive connections that sends requests of 1,000 records, an idempotency key with each, and checks every answer.
The clock runs from the first byte sent to the last answer. Before, ${formatNumber(sizes['warmUpRecords'] ?? 0)} records of another account are imported: a
service is running when a migration of years begins. The script's clock runs from the start of psql to its end.

The history goes from its oldest record to its latest, each for a message of the week before it; a few contacts have many
of them, most have few. 2 % of the records fail. The script is spared those that no column would take, and writes no ledger and no outcome.`;
}

/** What a run has measured, as Markdown. */
export function describeResults(results: Results): string {
  const { quick, date, commit, machine, runs, lone, sizes, seconds } = results;
  const rounds = Math.max(0, ...runs.map(({ round }) => round), ...lone.map(({ round }) => round));
  const settings = Object.entries(machine.postgresSettings).map(([name, value]) => `${name} ${value}`);
  const size = (name: string) => formatNumber(sizes[name] ?? 0);
  const parts = [
    `# ${quick ? 'Measurements, of a quick run' : 'Measurements'}`,
    `Made by \`npm run bench${quick ? ' -- --quick' : ''}\` on ${date.slice(0, 10)}, of commit ${commit}, in ${formatNumber(Math.round(seconds / 60))} minutes.`,
    `${size('records')} records for ${size('messages')} messages, ${size('contacts')} contacts and ${size('offers')} offers; ` +
      `rounds: ${rounds}; ${results.connections} connections.`,
    figuresTable(results),
    ...disturbance(results),
  ];
  if (runs.length > 0) {
    parts.push(
      '![Records a second by contestant](contestants.svg)',
      '## Contestants',
      'Processor time and bytes of write-ahead log are for each record; `others` is what the rest of the machine used.',
      contestantsTable(results),
    );
  }
  for (const records of new Set(lone.map(({ recordsPerRequest }) => recordsPerRequest))) {
    parts.push(
      `## Where a lone request of ${formatNumber(records)} ${records === 1 ? 'record' : 'records'} spends its time`,
      loneTable(results, records),
    );
  }
  parts.push(
    howText(sizes),
    '## Machine',
    [
      `- ${machine.cores} × ${machine.cpu}, ${formatNumber(machine.memoryGiB)} GiB, ${machine.system}; everything on it, the load client, too`,
      `- Node ${machine.node}, PostgreSQL ${machine.postgres}, Redis ${machine.redis}`,
      `- PostgreSQL with ${settings.join(', ')}`,
    ].join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}
