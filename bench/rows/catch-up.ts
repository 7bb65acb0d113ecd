import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate, type Side } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { EmmettProjections } from '../stages/emmett-projections.js';
import { catchUp as runProjections, FinalRows, foldInMemory } from '../stages/read-models.js';
import type { Row } from './row.js';

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
        const sides: Record<string, Side> = {
          kontor: async () => (await runProjections(bench, database)) / 1_000,
          limit: async () => ((await foldInMemory(bench, database)) + (await rows.copyIn(bench))) / 1_000,
          [`emmett, first ${emmettEvents.toLocaleString('en')} events`]: async () =>
            (await emmett.project('statements')) / 1_000,
          // The slower of its kinds, told beside it: a short bench leaves it out.
          ...(pace.kind !== 'quick' && {
            'emmett, the same as documents': async () => (await emmett.project('documents')) / 1_000,
          }),
        };
        const times = await alternate(
          bench,
          `catch-up of ${events.toLocaleString('en')} events`,
          sides,
          pace.kind === 'quick' ? {} : { rounds: LONG_ROUNDS, warmUps: 0 },
        );
        const [kontor = [], limit = [], statements = [], documents] = Object.values(times);
        const rateOf = (count: number, seconds: readonly number[]) => seconds.map((time) => count / time);
        const ours = rateOf(events, kontor);
        const emmetts = rateOf(emmettEvents, statements);
        const withDocuments = documents && rateOf(emmettEvents, documents);
        const rates = {
          kontor: ours,
          emmett: emmetts,
          ...(withDocuments && { 'emmett with documents': withDocuments }),
        };
        return {
          series: [...seriesOf('', 's', times), ...seriesOf('rate', 'events/s', rates)],
          requirements: [
            requirement('times the limit’s time', ratios(kontor, limit), { atMost: 2.5 }),
            requirement('times Emmett’s rate', ratios(ours, emmetts), { atLeast: 10 }),
            ...(withDocuments
              ? [requirement('times Emmett’s rate with documents', ratios(ours, withDocuments))]
              : []),
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
