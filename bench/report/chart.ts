import { contestants } from '../contestants/index.ts';
import { formatNumber } from './format.ts';
import type { Results } from './results.ts';
import { summarize, type Summary } from './statistics.ts';

const WIDTH = 860;
const LABELS = 330;
const ROW = 34;
const BAR = 18;
const TOP = 44;
const NUMBERS = 90;
const FONT = 'system-ui, sans-serif';
const COLORS = { ours: '#2563eb', others: '#94a3b8', range: '#0f172a', text: '#0f172a', quiet: '#64748b' };

/** Those that are not the product. */
const OTHERS = new Set(['offline', 'offline-parallel', 'plain']);

interface Bar {
  title: string;
  isOurs: boolean;
  speed: Summary;
}

/** Draws how many records a second each contestant brought, with a line from the slowest to the fastest round: SVG. */
export function drawContestants({ runs, quick }: Results): string {
  const bars = contestants.flatMap(({ name, title }): Bar[] => {
    const speeds = runs.filter((run) => run.contestant === name).map(({ records, seconds }) => records / seconds);
    if (speeds.length === 0) return [];
    const isOurs = !OTHERS.has(name);
    return [{ title: isOurs ? `Trackly, ${title}` : title, isOurs, speed: summarize(speeds) }];
  });
  const most = Math.max(1, ...bars.map(({ speed }) => speed.max));
  const scale = (value: number) => (value / most) * (WIDTH - LABELS - NUMBERS);
  const height = TOP + bars.length * ROW + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="${FONT}" font-size="13">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="15" font-weight="600" fill="${COLORS.text}">Records a second${quick ? ', quick run' : ''}</text>`,
    ...bars.map((bar, index) => drawBar(bar, TOP + index * ROW, scale)),
    '</svg>\n',
  ].join('\n');
}

function drawBar({ title, isOurs, speed }: Bar, top: number, scale: (value: number) => number): string {
  const middle = top + BAR / 2;
  const [from, to] = [LABELS + scale(speed.min), LABELS + scale(speed.max)];
  const color = isOurs ? COLORS.ours : COLORS.others;
  return [
    `<text x="${LABELS - 10}" y="${middle + 4}" text-anchor="end" fill="${COLORS.text}">${escapeXml(title)}</text>`,
    `<rect x="${LABELS}" y="${top}" width="${fixed(scale(speed.median))}" height="${BAR}" rx="2" fill="${color}"/>`,
    `<line x1="${fixed(from)}" x2="${fixed(to)}" y1="${middle}" y2="${middle}" stroke="${COLORS.range}" stroke-width="2"/>`,
    `<text x="${fixed(to + 8)}" y="${middle + 4}" fill="${COLORS.quiet}">${formatNumber(speed.median)}</text>`,
  ].join('\n');
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
