import { tableOf } from '../../apps/cli/output/table.js';
import type { Requirement } from '../measuring/figures.js';
import { format } from '../measuring/rounds.js';
import { median, spread } from '../measuring/statistics.js';
import type { ReportedRow } from './report.js';
import { verdictOf } from './verdict.js';

/** A row's figures, and what they say about its requirements, for the terminal. */
export function tablesOf({ name, title, series, requirements }: ReportedRow): string {
  const figures = tableOf(['', 'median', '±', 'unit'], ['left', 'right', 'right', 'left']);
  for (const each of series)
    figures.push([each.name, format(median(each.values)), format(spread(each.values)), each.unit]);
  const asked = tableOf(['', 'median', '±', 'must be', ''], ['left', 'right', 'right', 'right', 'left']);
  for (const each of requirements)
    asked.push([
      each.name,
      median(each.values).toFixed(2),
      spread(each.values).toFixed(2),
      boundOf(each),
      words[verdictOf(each)],
    ]);
  return `${name}: ${title}\n${figures.toString()}\n${asked.toString()}`;
}

const words = { reached: 'reached', close: 'short, within its spread', missed: 'MISSED', told: '' };

export function boundOf({ must }: Requirement): string {
  if (!must) return '';
  return 'atLeast' in must ? `≥ ${must.atLeast}` : `≤ ${must.atMost}`;
}
