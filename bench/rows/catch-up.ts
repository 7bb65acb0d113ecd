import { requirement, type Row, seriesOf } from '../measuring/row.js';
import { alternate } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { EmmettProjections } from '../stages/emmett-projections.js';
import { catchUp as runProjections, FinalRows, foldInMemory } from '../stages/read-models.js';

const QUICK_EVENTS = 20_000;
const YEARS = 10;
/** It takes hours for the whole log. */
const EMMETT_EVENTS = { quick: 2_000, whole: 20_000, full: 20_000 };
/** Rounds of minutes. */
const LONG_ROUNDS = 3;

export const catchUp: Row = {
  name: 'catch-up',
  title:
    'all projections from an empty database to the end of the log; against the pure fold in memory and COPY of the rows it comes to, and against Emmett’s projections',
  isQuick: true,
  needsPeers: true,
  async measure(bench) {
    const { server, wholesale, pace } = bench;
    const database = await server.createKontor('catch_up');
    const events = pace.kind === 'quick' ? QUICK_EVENTS : await wholesale.eventsIn(YEARS);
    await wholesale.put(database, events);
    const emmettEvents = EMMETT_EVENTS[pace.kind];
    const emmett = await EmmettProjections.over(bench, database, emmettEvents);
    try {
      await runProjections(bench, database);
      const rows = await FinalRows.of(bench, database);
      try {
        const times = await alternate(
          bench,
          `catch-up of ${events.toLocaleString('en')} events`,
          {
            kontor: async () => (await runProjections(bench, database)) / 1_000,
            limit: async () => ((await foldInMemory(bench, database)) + (await rows.copyIn(bench))) / 1_000,
            [`emmett, first ${emmettEvents.toLocaleString('en')} events`]: async () =>
              (await emmett.project('statements')) / 1_000,
            'emmett, the same as documents': async () => (await emmett.project('documents')) / 1_000,
          },
          pace.kind === 'quick' ? {} : { rounds: LONG_ROUNDS, warmUps: 0 },
        );
        const [kontor = [], limit = [], statements = [], documents = []] = Object.values(times);
        const rates = {
          kontor: kontor.map((time) => events / time),
          emmett: statements.map((time) => emmettEvents / time),
          'emmett with documents': documents.map((time) => emmettEvents / time),
        };
        return {
          series: [...seriesOf('', 's', times), ...seriesOf('rate', 'events/s', rates)],
          requirements: [
            requirement('times the limit’s time', ratios(kontor, limit), { atMost: 2.5 }),
            requirement('times Emmett’s rate', ratios(rates.kontor, rates.emmett), { atLeast: 10 }),
            requirement(
              'times Emmett’s rate with documents',
              ratios(rates.kontor, rates['emmett with documents']),
            ),
          ],
        };
      } finally {
        await rows.remove();
      }
    } finally {
      await emmett.close();
      await server.dropDatabase('catch_up');
    }
  },
};
