/** Why an import stopped. */
export interface Failure {
  reason: string;
  /** Of the file, that went with the request; undefined when the file could not be read on. */
  lines: { first: number; last: number; mayBeImported: boolean } | undefined;
}

/** What the answers so far said. */
interface Certain {
  records: number;
  imported: number;
  rejected: number;
}

/** Says in one line why an import stopped, what is certain, and what to look at before the rest is sent. */
export function describeStop(file: string, sentLine: number, certain: Certain, failures: readonly Failure[]): string {
  const reason = failures[0]?.reason ?? '';
  const unsure = describeLines(failures, true);
  const refused = describeLines(failures, false);
  if (certain.records === 0 && !unsure) return `${reason} Nothing was imported.`;

  const facts = [
    `${count(certain.imported)} record${certain.imported === 1 ? '' : 's'} certainly imported${certain.rejected > 0 ? `, ${count(certain.rejected)} rejected` : ''}`,
    ...(unsure ? [`${unsure} may be imported or not`] : []),
    ...(refused ? [`${refused} not imported`] : []),
    `nothing after line ${sentLine} was sent`,
  ];
  return `${reason} The import of ${file} stopped: ${facts.join('; ')}.`;
}

function describeLines(failures: readonly Failure[], mayBeImported: boolean): string {
  const ranges = failures
    .flatMap(({ lines }) => (lines?.mayBeImported === mayBeImported ? [lines] : []))
    .toSorted((a, b) => a.first - b.first);
  return ranges.length > 0 ? `lines ${ranges.map(({ first, last }) => `${first} to ${last}`).join(', ')}` : '';
}

function count(value: number): string {
  return value.toLocaleString('en');
}
