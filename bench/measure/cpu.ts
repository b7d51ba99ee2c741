import { readdir, readFile } from 'node:fs/promises';

/** What /proc counts time in, a second. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** Of /proc/PID/stat, counted from the field after the name. */
const FIELDS = { parent: 1, user: 11, system: 12, childrenUser: 13, childrenSystem: 14 };

/** The processes whose time is counted, by what they are part of. */
export type Components = Record<string, readonly number[]>;

/** Seconds of processor time, by component. */
export type CpuSeconds = Record<string, number>;

/** Begins to count; the function that it returns tells what has been used since. Of Linux. */
export async function startCpuClock(components: Components, postgresPid: number): Promise<() => Promise<CpuSeconds>> {
  const read = async () => {
    const entries = Object.entries(components).map(
      async ([name, pids]) => [name, sum(await Promise.all(pids.map(secondsOf)))] as const,
    );
    return Object.fromEntries([...(await Promise.all(entries)), ['postgres', await secondsOfFamily(postgresPid)]]);
  };
  const before: CpuSeconds = await read();
  return async () => {
    const after: CpuSeconds = await read();
    return Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]));
  };
}

/** Seconds of processor time of our own children that are gone. */
export async function secondsOfOurDead(): Promise<number> {
  const fields = await statOf(process.pid);
  return (at(fields, FIELDS.childrenUser) + at(fields, FIELDS.childrenSystem)) / TICKS_PER_SECOND;
}

/** Of a process and the children that it has waited for. */
async function secondsOf(pid: number): Promise<number> {
  const { user, system, childrenUser, childrenSystem } = FIELDS;
  const fields = await statOf(pid);
  return (
    (at(fields, user) + at(fields, system) + at(fields, childrenUser) + at(fields, childrenSystem)) / TICKS_PER_SECOND
  );
}

/** Of a process and all its children, those that are gone included. */
async function secondsOfFamily(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const seconds = await Promise.all(
    pids.map(async (other) => {
      // A process that is gone meanwhile is counted by its parent.
      const fields = await statOf(other).catch((): string[] => []);
      return at(fields, FIELDS.parent) === pid
        ? (at(fields, FIELDS.user) + at(fields, FIELDS.system)) / TICKS_PER_SECOND
        : 0;
    }),
  );
  return sum(seconds) + (await secondsOf(pid));
}

async function statOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold anything.
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function at(fields: readonly string[], index: number): number {
  return Number(fields[index] ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
