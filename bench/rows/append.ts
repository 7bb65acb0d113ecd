import { openEventLog } from '#kontor/event-store';
import { requirement, type Requirement, type Series, seriesOf } from '../measuring/figures.js';
import { alternate, type Side } from '../measuring/rounds.js';
import { warmUpsFromCold } from '../measuring/run.js';
import { ratios } from '../measuring/statistics.js';
import { appendToEmmett, appendToKontor } from '../stages/appenders.js';
import { createBareTable, insertByDriver, insertByPgbench } from '../stages/bare-insert.js';
import type { Bench } from '../stages/bench.js';
import { appendByBareClient, eventStoreDbUrl } from '../stages/eventstoredb.js';
import type { Row } from './row.js';

const CALLERS = [1, 16, 64, 256];
const QUICK_CALLERS = [1, 64];
const BY_DRIVER = 'the same INSERT by pg';

/** What must be reached of pgbench's rate; a single connection leaves it nothing to overlap. */
const OF_PGBENCH: Readonly<Record<number, number>> = { 16: 0.8, 64: 1 };

interface Figures {
  readonly series: Series[];
  readonly requirements: Requirement[];
}

const at = (callers: number): string => (callers === 1 ? '1 caller' : `${callers} callers`);

export const append: Row = {
  name: 'append',
  title: 'append one event of 1 kB, callers on distinct streams; against Emmett and a bare INSERT',
  isQuick: true,
  needsPeers: true,
  needsPgbench: true,
  async measure(bench) {
    const figures: Figures = { series: [], requirements: [] };
    const callers = bench.pace.kind === 'quick' ? QUICK_CALLERS : CALLERS;
    await onPostgres(bench, callers, figures);
    if (eventStoreDbUrl !== undefined) await onEventStoreDb(bench, eventStoreDbUrl, callers, figures);
    return figures;
  },
};

async function onPostgres(
  bench: Bench,
  numbers: readonly number[],
  { series, requirements }: Figures,
): Promise<void> {
  const { server } = bench;
  const kontor = await server.createKontor('append_kontor');
  const emmettUrl = await server.createDatabase('append_emmett');
  const bareUrl = await createBareTable(bench, 'append_bare');
  const log = await openEventLog(kontor.commandUrl);
  try {
    for (const callers of numbers) {
      await server.settle();
      const sides: Record<string, Side> = {
        kontor: () => appendToKontor(bench, log, callers),
        emmett: () => appendToEmmett(bench, emmettUrl, callers),
        pgbench: () => insertByPgbench(bench, bareUrl, callers),
        ...(callers === 1 && { [BY_DRIVER]: () => insertByDriver(bench, bareUrl) }),
      };
      // The first to run in this process: V8 has compiled nothing of any side yet.
      const warmUps = callers === numbers[0] ? warmUpsFromCold(bench.pace) : 1;
      const rates = await alternate(bench, `append, ${at(callers)}`, sides, { warmUps });
      series.push(...seriesOf(at(callers), 'events/s', rates));
      const of = (peer: string) => ratios(rates['kontor'] ?? [], rates[peer] ?? []);
      const ofPgbench = OF_PGBENCH[callers];
      requirements.push(
        requirement(
          `times Emmett, ${at(callers)}`,
          of('emmett'),
          callers === 64 ? { atLeast: 6 } : undefined,
        ),
        requirement(
          `of pgbench, ${at(callers)}`,
          of('pgbench'),
          ofPgbench === undefined ? undefined : { atLeast: ofPgbench },
        ),
      );
      if (callers === 1)
        requirements.push(requirement(`of ${BY_DRIVER}, ${at(callers)}`, of(BY_DRIVER), { atLeast: 0.75 }));
    }
  } finally {
    await log.close();
    for (const name of ['append_kontor', 'append_emmett', 'append_bare']) await server.dropDatabase(name);
  }
}

/** Nothing is asked of it: the server's own speed decides, and the client's. */
async function onEventStoreDb(
  bench: Bench,
  url: string,
  numbers: readonly number[],
  { series, requirements }: Figures,
): Promise<void> {
  const log = await openEventLog(url);
  try {
    for (const callers of numbers) {
      const where = `EventStoreDB, ${at(callers)}`;
      const rates = await alternate(bench, `append, ${where}`, {
        kontor: () => appendToKontor(bench, log, callers),
        'bare client': () => appendByBareClient(bench, url, callers),
      });
      series.push(...seriesOf(where, 'events/s', rates));
      requirements.push(
        requirement(`of the bare client, ${where}`, ratios(rates.kontor, rates['bare client'])),
      );
    }
  } finally {
    await log.close();
  }
}
