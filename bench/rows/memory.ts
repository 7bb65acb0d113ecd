import { call } from '../measuring/callers.js';
import { requirement, type Series } from '../measuring/figures.js';
import type { Bench } from '../stages/bench.js';
import { Client } from '../stages/clients.js';
import { watchMemory } from '../stages/memory-watch.js';
import { anna, auditor, Office, type Service } from '../stages/office.js';
import { orderOf, registerCustomers } from '../stages/orders.js';
import { reportsOf } from '../stages/reports.js';
import { catchUp } from '../stages/read-models.js';
import type { KontorDatabase } from '../stages/server.js';
import type { Row } from './row.js';

const SECONDS = { quick: 30, whole: 600, full: 600 };
/** Of these: compiled code, caches and heaps find their size. */
const WARM_UP = { quick: 10, whole: 180, full: 180 };
const CONNECTIONS = 64;
const READERS = 8;
const EVENTS = 50_000;

/** Megabytes. */
const MOST = 350;
const MOST_GROWTH = 1;

export const memory: Row = {
  name: 'memory',
  title:
    'resident memory of each process over ten minutes of orders and reports as fast as they go, and over a rebuild',
  async measure(bench) {
    const { server, wholesale, pace } = bench;
    const database = await server.createKontor('memory');
    const office = await Office.open(bench, database);
    try {
      await wholesale.put(database, EVENTS);
      await catchUp(bench, database);
      const services = {
        'command API': await office.commandApi(),
        'query API': await office.queryApi(),
        projector: await office.projector(),
      };
      const stop = new AbortController();
      const signal = AbortSignal.any([stop.signal, bench.signal]);
      const watches = Object.entries(services).map(
        async ([name, { pid }]) => [name, await watchMemory(pid, WARM_UP[pace.kind], signal)] as const,
      );
      bench.say(`memory: ${SECONDS[pace.kind]} s of orders and reports`);
      await loadFully(bench, database, office, services);
      stop.abort();
      const seen = await Promise.all(watches);
      seen.push(['rebuild', await rebuildWatched(bench, office)]);
      const series: Series[] = seen.flatMap(([name, { most, growth }]) => [
        { name: `${name}, at the most`, unit: 'MB', values: [most] },
        ...(name === 'rebuild' ? [] : [{ name: `${name}, growth`, unit: 'MB/min', values: [growth] }]),
      ]);
      return {
        series,
        requirements: series.map(({ name, unit, values }) =>
          requirement(`${name} (${unit})`, values, { atMost: unit === 'MB' ? MOST : MOST_GROWTH }),
        ),
      };
    } finally {
      await office.close();
      await server.dropDatabase('memory');
    }
  },
};

async function loadFully(
  bench: Bench,
  database: KontorDatabase,
  office: Office,
  {
    'command API': commandApi,
    'query API': queryApi,
  }: Readonly<Record<'command API' | 'query API', Service>>,
): Promise<void> {
  const seconds = SECONDS[bench.pace.kind];
  const commands = new Client(commandApi.url, await office.token(anna), CONNECTIONS);
  const queries = new Client(queryApi.url, await office.token(auditor), READERS);
  try {
    const customers = await registerCustomers(commands);
    const bodies = customers.map((customer, number) => JSON.stringify(orderOf(customer, number)));
    const paths = (await reportsOf(bench, database)).flatMap((report) => report.paths);
    let [placed, asked] = [0, 0];
    await Promise.all([
      call(CONNECTIONS, seconds, bench.signal, () =>
        commands.post('/v1/orders', bodies[placed++ % bodies.length] ?? ''),
      ),
      call(READERS, seconds, bench.signal, () => queries.get(paths[asked++ % paths.length] ?? '')),
    ]);
  } finally {
    await Promise.all([commands.close(), queries.close()]);
  }
}

/** A process of its own, as somebody would start it in a shell. */
async function rebuildWatched(bench: Bench, office: Office) {
  bench.say('memory: a rebuild');
  const stop = new AbortController();
  const { pid, ended } = office.rebuild();
  const watch = watchMemory(pid, 0, AbortSignal.any([stop.signal, bench.signal]));
  await ended;
  stop.abort();
  return await watch;
}
