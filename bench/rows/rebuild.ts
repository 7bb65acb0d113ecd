import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { catchUp, FinalRows, foldInMemory, rebuildAll } from '../stages/read-models.js';
import type { Row } from './row.js';

const YEARS = 10;
const ROUNDS = 3;

export const rebuild: Row = {
  name: 'rebuild',
  title: 'rebuild every read model; against the pure fold in memory and COPY of the rows it comes to',
  async measure(bench) {
    const { server, wholesale } = bench;
    const database = await server.createKontor('rebuild');
    try {
      const events = await wholesale.eventsIn(YEARS);
      await wholesale.put(database, events);
      await catchUp(bench, database);
      const rows = await FinalRows.of(bench, database);
      try {
        const times = await alternate(
          bench,
          `rebuild of ${events.toLocaleString('en')} events`,
          {
            kontor: async () => (await rebuildAll(bench, database)) / 1_000,
            limit: async () => ((await foldInMemory(bench, database)) + (await rows.copyIn(bench))) / 1_000,
          },
          { rounds: ROUNDS, warmUps: 0 },
        );
        return {
          series: seriesOf('', 's', times),
          requirements: [
            requirement('times the limit’s time', ratios(times.kontor, times.limit), { atMost: 1.5 }),
          ],
        };
      } finally {
        await rows.remove();
      }
    } finally {
      await server.dropDatabase('rebuild');
    }
  },
};
