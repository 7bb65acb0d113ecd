import type { Requirement } from '../measuring/figures.js';
import { median, spread } from '../measuring/statistics.js';

/** `close`: short of what it must reach, but by less than its spread. `told`: nothing is asked of it. */
export type Verdict = 'reached' | 'close' | 'missed' | 'told';

export function verdictOf({ values, must }: Requirement): Verdict {
  if (!must) return 'told';
  const value = median(values);
  const short = 'atLeast' in must ? must.atLeast - value : value - must.atMost;
  if (short <= 0) return 'reached';
  return short <= spread(values) ? 'close' : 'missed';
}
