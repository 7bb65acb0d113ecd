import type { Requirement } from '../measuring/figures.js';
import { median } from '../measuring/statistics.js';
import type { Report } from './report.js';
import { boundOf } from './tables.js';
import { verdictOf } from './verdict.js';

const WIDTH = 860;
const LABEL = 400;
const LINE = 24;
const TOP = 56;
/** Of what is asked for: bars that go beyond end here. */
const LONGEST = 2;
const colours = { reached: '#2e7d32', close: '#b58900', missed: '#c62828', told: '#888' };

/**
 * A bar for each requirement: how far it was reached, where the upright line is what it asks for and longer is better; the
 * thin line in it goes from the worst round to the best.
 */
export function chartOf({ startedAt, pace, machine, rows }: Report): string {
  const bars = rows.flatMap(({ name, requirements }) =>
    requirements.filter(({ must }) => must).map((each) => ({ row: name, each })),
  );
  const height = TOP + bars.length * LINE + 16;
  const indicative = pace.kind === 'quick' ? ', indicative' : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="8" y="20" font-size="14">Kontor, ${startedAt.slice(0, 16).replace('T', ' ')}${indicative}: what was asked for, and reached</text>
<text x="8" y="38" fill="#555">${escaped(`${machine.cores} cores of ${machine.processor}, fsync ${machine.settings['fsync']}, commit ${machine.commit}`)}</text>
${bars.map(({ row, each }, index) => bar(row, each, TOP + index * LINE)).join('\n')}
<line x1="${xOf(1)}" x2="${xOf(1)}" y1="${TOP - 6}" y2="${height - 12}" stroke="black"/>
</svg>
`;
}

function bar(row: string, each: Requirement, y: number): string {
  const reached = each.values.map((value) => shareReached(value, each));
  const [worst, best] = [Math.min(...reached), Math.max(...reached)];
  const middle = y + LINE / 2;
  const value = median(each.values).toFixed(2);
  return [
    `<text x="8" y="${middle + 4}">${escaped(`${row}: ${each.name}`)}</text>`,
    `<rect x="${LABEL}" y="${y + 4}" width="${xOf(median(reached)) - LABEL}" height="${LINE - 8}" fill="${colours[verdictOf(each)]}"/>`,
    `<line x1="${xOf(worst)}" x2="${xOf(best)}" y1="${middle}" y2="${middle}" stroke="black" stroke-width="1.5"/>`,
    `<text x="${xOf(LONGEST) + 6}" y="${middle + 4}">${escaped(`${value} (${boundOf(each)})`)}</text>`,
  ].join('\n');
}

/** 1 is what was asked for, more is better. */
function shareReached(value: number, { must }: Requirement): number {
  if (!must) return Number.NaN;
  return 'atLeast' in must ? value / must.atLeast : must.atMost / Math.max(value, Number.EPSILON);
}

const xOf = (share: number): number =>
  Math.round(LABEL + (Math.max(0, Math.min(share, LONGEST)) / LONGEST) * (WIDTH - LABEL - 110));

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
