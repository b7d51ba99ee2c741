import { createChecks, type CheckedRecord, type KindSpec } from '@trackly/contract';

/**
 * Records as they come out of the checks.
 *
 * @throws when one of them does not pass
 */
export function checkedRecords(kind: KindSpec, records: readonly Record<string, unknown>[]): CheckedRecord[] {
  const { checked, rejected } = createChecks(kind).checkUnknown(records, Date.now());
  if (rejected.length > 0) throw new Error(`Some do not pass: ${JSON.stringify(rejected)}`);
  return checked;
}
