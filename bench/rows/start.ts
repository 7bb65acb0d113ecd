import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { KontorUp } from '../stages/kontor-up.js';
import type { Row } from './row.js';

const EVENTS = { quick: 10_000, whole: 1_000_000, full: 1_000_000 };

export const start: Row = {
  name: 'start',
  title: '`kontor up` until everything is ready, with a million events in the log; against an empty one',
  async measure(bench) {
    const events = EVENTS[bench.pace.kind];
    const empty = await KontorUp.prepared(bench, 'up-empty', 0);
    const filled = await KontorUp.prepared(bench, 'up-filled', events);
    try {
      const times = await alternate(bench, 'start', {
        filled: async () => (await filled.start()) / 1_000,
        empty: async () => (await empty.start()) / 1_000,
      });
      return {
        series: seriesOf('', 's', {
          [`${events.toLocaleString('en')} events`]: times.filled,
          'empty log': times.empty,
        }),
        requirements: [
          requirement('times the start with an empty log', ratios(times.filled, times.empty), {
            atMost: 1.3,
          }),
        ],
      };
    } finally {
      await Promise.all([empty.remove(), filled.remove()]);
    }
  },
};
