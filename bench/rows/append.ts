import { openEventLog } from '#kontor/event-store';
import { requirement, type Requirement, type Row, type Series, seriesOf } from '../measuring/row.js';
import { alternate, type Side } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { appendToEmmett, appendToKontor } from '../stages/appenders.js';
import { createBareTable, insertByDriver, insertByPgbench } from '../stages/bare-insert.js';

const CALLERS = [1, 16, 64, 256];
const QUICK_CALLERS = [1, 64];

const BY_DRIVER = 'the same INSERT by pg';

/** What must be reached of pgbench's rate; a single connection leaves it nothing to overlap. */
const OF_PGBENCH: Readonly<Record<number, number>> = { 16: 0.8, 64: 1 };

export const append: Row = {
  name: 'append',
  title: 'append one event of 1 kB, callers on distinct streams; against Emmett and a bare INSERT',
  isQuick: true,
  needsPeers: true,
  needsPgbench: true,
  async measure(bench) {
    const { server, pace } = bench;
    const kontor = await server.createKontor('append_kontor');
    const emmettUrl = await server.createDatabase('append_emmett');
    const bareUrl = await createBareTable(bench, 'append_bare');
    const log = openEventLog(kontor.commandUrl);
    const series: Series[] = [];
    const requirements: Requirement[] = [];
    try {
      for (const callers of pace.kind === 'quick' ? QUICK_CALLERS : CALLERS) {
        const at = callers === 1 ? '1 caller' : `${callers} callers`;
        await server.settle();
        const sides: Record<string, Side> = {
          kontor: () => appendToKontor(bench, log, callers),
          emmett: () => appendToEmmett(bench, emmettUrl, callers),
          pgbench: () => insertByPgbench(bench, bareUrl, callers),
          ...(callers === 1 && { [BY_DRIVER]: () => insertByDriver(bench, bareUrl) }),
        };
        const rates = await alternate(bench, `append, ${at}`, sides);
        series.push(...seriesOf(at, 'events/s', rates));
        const of = (peer: string) => ratios(rates['kontor'] ?? [], rates[peer] ?? []);
        requirements.push(
          requirement(`times Emmett, ${at}`, of('emmett'), callers === 64 ? { atLeast: 6 } : undefined),
          requirement(`of pgbench, ${at}`, of('pgbench'), boundOfPgbench(callers)),
        );
        if (callers === 1)
          requirements.push(requirement(`of ${BY_DRIVER}, ${at}`, of(BY_DRIVER), { atLeast: 0.75 }));
      }
    } finally {
      await log.close();
      for (const name of ['append_kontor', 'append_emmett', 'append_bare']) await server.dropDatabase(name);
    }
    return { series, requirements };
  },
};

function boundOfPgbench(callers: number) {
  const atLeast = OF_PGBENCH[callers];
  return atLeast === undefined ? undefined : { atLeast };
}
