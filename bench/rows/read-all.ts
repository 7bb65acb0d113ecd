import { openEventLog } from '#kontor/event-store';
import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { copyBytes, copyParsed } from '../stages/copy-out.js';
import { fillLog } from '../stages/synthetic-log.js';
import type { Row } from './row.js';

const EVENTS = { quick: 100_000, whole: 300_000, full: 300_000 };

export const readAll: Row = {
  name: 'read-all',
  title:
    'readAll over the whole log, payloads parsed; against COPY … TO STDOUT of the same rows, read by Node',
  isQuick: true,
  async measure(bench) {
    const { server, pace } = bench;
    const events = EVENTS[pace.kind];
    const { commandUrl, queryUrl } = await server.createKontor('read_all');
    await fillLog(bench, 'read_all', events);
    await server.settle();
    try {
      const perSecond = (read: () => Promise<number>) => async () => {
        const begun = performance.now();
        const count = await read();
        if (count !== events) throw new Error(`${count} of ${events} events were read`);
        return (count / (performance.now() - begun)) * 1_000;
      };
      const rates = await alternate(bench, 'read-all', {
        kontor: perSecond(() => readParsed(commandUrl)),
        'COPY, parsed': perSecond(() => copyParsed(queryUrl)),
        'COPY, bytes': perSecond(() => copyBytes(queryUrl)),
      });
      return {
        series: seriesOf('', 'events/s', rates),
        requirements: [
          requirement('of COPY, both parsed', ratios(rates.kontor, rates['COPY, parsed']), { atLeast: 0.6 }),
          requirement('parsed, of COPY as bytes', ratios(rates.kontor, rates['COPY, bytes'])),
        ],
      };
    } finally {
      await server.dropDatabase('read_all');
    }
  },
};

async function readParsed(url: string): Promise<number> {
  const log = await openEventLog(url);
  let events = 0;
  try {
    for await (const { data, metadata } of log.readAll()) {
      JSON.parse(data);
      JSON.parse(metadata);
      events++;
    }
  } finally {
    await log.close();
  }
  return events;
}
