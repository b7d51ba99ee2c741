import { readdir, readFile } from 'node:fs/promises';

import { sum } from '../../test/lab/amount.ts';

// Processor time, in seconds, as Linux counts it: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html

/** What it counts in, a second. */
const TICKS = 100;

/** Of /proc/PID/stat, counted from the field after the name. */
const FIELDS = { parent: 1, user: 11, system: 12, childrenUser: 13, childrenSystem: 14 };

/** Of processes, and of their children that are gone. */
export async function secondsOfProcesses(pids: readonly number[]): Promise<number> {
  const all = await Promise.all(pids.map(statOf));
  return sum(all.map(secondsIn)) + sum(all.map(childrenSecondsIn));
}

/** Of a process and all its children, those that are gone included. */
export async function secondsOfFamily(pid: number): Promise<number> {
  const gone = childrenSecondsIn(await statOf(pid));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(pids.map((other) => statOf(other).catch((): string[] => [])));
  const children = all.filter((fields) => at(fields, FIELDS.parent) === pid);
  const parent = await statOf(pid);
  // One that ended meanwhile could count as both, or as neither.
  if (childrenSecondsIn(parent) !== gone) return secondsOfFamily(pid);
  return gone + secondsIn(parent) + sum(children.map(secondsIn));
}

/** Of those of our children that are gone. */
export async function secondsOfOurDead(): Promise<number> {
  return childrenSecondsIn(await statOf(process.pid));
}

/** Of everything that runs on the machine. */
export async function secondsOfMachine(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n');
  // What other machines on the same hardware take is time that is not to be had, either.
  const [user, nice, system, , , irq, softirq, stolen] = line.split(/\s+/).slice(1).map(Number);
  return sum([user, nice, system, irq, softirq, stolen].map((ticks) => ticks ?? 0)) / TICKS;
}

async function statOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold anything.
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function secondsIn(fields: readonly string[]): number {
  return (at(fields, FIELDS.user) + at(fields, FIELDS.system)) / TICKS;
}

function childrenSecondsIn(fields: readonly string[]): number {
  return (at(fields, FIELDS.childrenUser) + at(fields, FIELDS.childrenSystem)) / TICKS;
}

function at(fields: readonly string[], index: number): number {
  return Number(fields[index] ?? 0);
}
