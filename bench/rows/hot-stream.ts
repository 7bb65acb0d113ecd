import type { Calls } from '../measuring/callers.js';
import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { competeInEmmett, competeInKontor } from '../stages/hot-stream.js';
import type { Row } from './row.js';

const CALLERS = 16;

export const hotStream: Row = {
  name: 'hot-stream',
  title: `${CALLERS} callers append to one stream and try again where another was faster; against Emmett`,
  isQuick: true,
  needsPeers: true,
  async measure(bench) {
    const { server } = bench;
    const kontor = await server.createKontor('hot_kontor');
    const emmettUrl = await server.createDatabase('hot_emmett');
    const shares: number[] = [];
    try {
      const rates = await alternate(bench, 'hot-stream', {
        kontor: async () => {
          const calls = await competeInKontor(bench, kontor.commandUrl, CALLERS);
          shares.push(shareOfSlowest(calls));
          return calls.perSecond;
        },
        emmett: async () => (await competeInEmmett(bench, emmettUrl, CALLERS)).perSecond,
      });
      return {
        series: seriesOf('', 'events/s', rates),
        requirements: [
          requirement('times Emmett', ratios(rates.kontor, rates.emmett), { atLeast: 3 }),
          // The warm-up's share is none of a round.
          requirement('slowest caller, of the mean', shares.slice(1), { atLeast: 0.5 }),
        ],
      };
    } finally {
      for (const name of ['hot_kontor', 'hot_emmett']) await server.dropDatabase(name);
    }
  },
};

const shareOfSlowest = ({ byCaller }: Calls): number =>
  Math.min(...byCaller) / (byCaller.reduce((sum, count) => sum + count, 0) / byCaller.length);
