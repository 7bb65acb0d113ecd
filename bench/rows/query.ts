import { call } from '../measuring/callers.js';
import { requirement, type Requirement, type Series, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { percentile, ratios } from '../measuring/statistics.js';
import { pgbench } from '../peers/pgbench.js';
import { Client } from '../stages/clients.js';
import { auditor, Office } from '../stages/office.js';
import { catchUp } from '../stages/read-models.js';
import { reportsOf, scriptsOf, statementsOf } from '../stages/reports.js';
import type { Row } from './row.js';

/** Of the sample, which has 531,282 order lines in 49,122 events a year: a million lines. */
const EVENTS = { quick: 10_000, whole: 90_000, full: 90_000 };
const CONNECTIONS = 32;

export const query: Row = {
  name: 'query',
  title: `reports over a million order lines, ${CONNECTIONS} connections; against the same SQL sent by pgbench`,
  needsPgbench: true,
  async measure(bench) {
    const { server, wholesale, pace, signal } = bench;
    const database = await server.createKontor('query');
    const office = await Office.open(bench, database);
    const token = await office.token(auditor);
    const series: Series[] = [];
    const requirements: Requirement[] = [];
    try {
      await wholesale.put(database, EVENTS[pace.kind]);
      await catchUp(bench, database);
      await server.run('vacuum analyze', database.name);
      const client = new Client((await office.queryApi()).url, token, CONNECTIONS);
      try {
        for (const { name, paths } of await reportsOf(bench, database)) {
          const scripts = scriptsOf(await statementsOf(database, office, token, paths));
          const p99: Record<'kontor' | 'pgbench', number[]> = { kontor: [], pgbench: [] };
          const rates = await alternate(bench, `query, ${name}`, {
            kontor: async () => {
              const times: number[] = [];
              let next = 0;
              const { perSecond } = await call(CONNECTIONS, pace.seconds, signal, async () => {
                const begun = performance.now();
                await client.get(paths[next++ % paths.length] ?? '');
                times.push(performance.now() - begun);
              });
              p99.kontor.push(percentile(times, 0.99));
              return perSecond;
            },
            pgbench: async () => {
              const figures = await pgbench({
                ...scripts,
                url: database.queryUrl,
                clients: CONNECTIONS,
                seconds: pace.seconds,
                withLatencies: true,
                signal,
              });
              p99.pgbench.push(figures.p99);
              return figures.perSecond;
            },
          });
          // Without the warm-up.
          const [ours, theirs] = [p99.kontor.slice(1), p99.pgbench.slice(1)];
          series.push(
            ...seriesOf(name, 'reports/s', rates),
            ...seriesOf(`${name}, p99`, 'ms', { kontor: ours, pgbench: theirs }),
          );
          requirements.push(
            requirement(`${name}: of pgbench’s rate`, ratios(rates.kontor, rates.pgbench), { atLeast: 0.3 }),
            requirement(`${name}: times pgbench’s p99`, ratios(ours, theirs), { atMost: 5 }),
          );
        }
      } finally {
        await client.close();
      }
      return { series, requirements };
    } finally {
      await office.close();
      await server.dropDatabase('query');
    }
  },
};
