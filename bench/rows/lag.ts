import type { Load } from '../measuring/open-loop.js';
import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate, type Side } from '../measuring/rounds.js';
import { warmUpsFromCold } from '../measuring/run.js';
import { percentile, ratios } from '../measuring/statistics.js';
import { createBareTable } from '../stages/bare-insert.js';
import { Client, placeOrders } from '../stages/clients.js';
import { anna, Office } from '../stages/office.js';
import { orderOf, registerCustomers } from '../stages/orders.js';
import type { View } from '../stages/tills-thread.js';
import { Tills } from '../stages/tills.js';
import type { Row } from './row.js';

const CONNECTIONS = 64;
const SAMPLES_PER_SECOND = 100;
/** Of each side: at this rate it takes the services some twelve seconds until all that is asked of them has been compiled. */
const WARM_UP_SECONDS = 15;
const THE_ORDER = 'kontor, the order itself';

export const lag: Row = {
  name: 'lag',
  title:
    'from an acknowledged order to the report that shows it, at half of the greatest rate of orders; against insert, notify, listen, upsert at the same rate',
  isQuick: true,
  async measure(bench) {
    const { server, pace, signal } = bench;
    const office = await Office.open(bench, await server.createKontor('lag'));
    const bareUrl = await createBareTable(bench, 'lag_bare');
    let commands: Client | undefined;
    let tills: Tills | undefined;
    try {
      const token = await office.token(anna);
      await office.projector();
      const { url: commandUrl } = await office.commandApi();
      commands = new Client(commandUrl, token, CONNECTIONS);
      const customers = await registerCustomers(commands);
      const orders = customers.map((customer, number) => JSON.stringify(orderOf(customer, number)));
      await placeOrders(bench, commands, orders, CONNECTIONS);
      const greatest = await placeOrders(bench, commands, orders, CONNECTIONS);
      const perSecond = greatest / 2;
      bench.say(`the greatest rate is ${Math.round(greatest)} orders/s, half of it is sent`);
      const load: Load = {
        perSecond,
        // The slowest of a hundred needs some hundreds to be told from.
        seconds: Math.max(pace.seconds, 3),
        sampleEvery: Math.max(1, Math.round(perSecond / SAMPLES_PER_SECOND)),
      };

      const atWork = new Tills(
        { commandUrl, queryUrl: (await office.queryApi()).url, token, customers, orders, bareUrl },
        signal,
      );
      tills = atWork;
      const medians: Record<string, number[]> = {};
      const p99Of = (name: string, view: View) => async (): Promise<number> => {
        const lags = await atWork.lags(view, load);
        (medians[name] ??= []).push(percentile(lags, 0.5));
        return percentile(lags, 0.99);
      };
      const sides: Record<string, Side> = {
        kontor: p99Of('kontor', 'sales history'),
        bare: p99Of('bare', 'bare'),
        // It waits for the projector, which a sales history need not; told beside it, and left out of a short bench.
        ...(pace.kind !== 'quick' && { [THE_ORDER]: p99Of(THE_ORDER, 'order') }),
      };
      const warmUps = warmUpsFromCold(load, WARM_UP_SECONDS);
      const p99s = await alternate(bench, 'lag', sides, { warmUps });
      const counted = Object.entries(medians).map(([name, values]) => [name, values.slice(warmUps)] as const);
      const { kontor = [], bare = [], [THE_ORDER]: order } = p99s;
      return {
        series: [...seriesOf('p99', 'ms', p99s), ...seriesOf('median', 'ms', Object.fromEntries(counted))],
        requirements: [
          requirement('times the bare path’s p99', ratios(kontor, bare), { atMost: 4 }),
          ...(order
            ? [requirement('times the bare path’s p99, until the order shows itself', ratios(order, bare))]
            : []),
        ],
      };
    } finally {
      await tills?.close();
      await commands?.close();
      await office.close();
      for (const name of ['lag', 'lag_bare']) await server.dropDatabase(name);
    }
  },
};
