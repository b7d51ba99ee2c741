import { formatNumber } from './format.ts';
import type { Results } from './results.ts';
import { contestantsTable, figuresTable, loneTable } from './table.ts';

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
      `${rounds} rounds, in which the contestants take turns. Medians, and in parentheses from the smallest to the largest.`,
    figuresTable(results),
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
    '## Machine',
    [
      `- ${machine.cores} × ${machine.cpu}, ${formatNumber(machine.memoryGiB)} GiB, ${machine.system}; everything on it, the load client, too`,
      `- Node ${machine.node}, PostgreSQL ${machine.postgres}, Redis ${machine.redis}`,
      `- PostgreSQL with ${settings.join(', ')}`,
    ].join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}
