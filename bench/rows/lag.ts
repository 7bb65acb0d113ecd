import { callSteadily, type Load } from '../measuring/open-loop.js';
import { requirement, type Row, seriesOf } from '../measuring/row.js';
import { alternate } from '../measuring/rounds.js';
import { percentile, ratios } from '../measuring/statistics.js';
import { BarePath } from '../stages/bare-path.js';
import { createBareTable } from '../stages/bare-insert.js';
import { Client, placeOrders } from '../stages/clients.js';
import { anna, Office } from '../stages/office.js';
import { orderOf, registerCustomers } from '../stages/orders.js';

const CONNECTIONS = 64;
const SAMPLES_PER_SECOND = 100;

export const lag: Row = {
  name: 'lag',
  title:
    'from an acknowledged order to the report that shows it, at half of the greatest rate of orders; against insert, notify, listen, upsert at the same rate',
  isQuick: true,
  async measure(bench) {
    const { server, pace, signal } = bench;
    const office = await Office.open(bench, await server.createKontor('lag'));
    const bare = await BarePath.open(await createBareTable(bench, 'lag_bare'));
    const clients: Client[] = [];
    try {
      const token = await office.token(anna);
      await office.projector();
      const commands = new Client((await office.commandApi()).url, token, CONNECTIONS);
      clients.push(commands);
      const reports = new Client((await office.queryApi()).url, token, CONNECTIONS);
      clients.push(reports);
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
        signal,
      };

      let next = 0;
      const place = async () => {
        const number = next++ % orders.length;
        const answer = JSON.parse(await commands.post('/v1/orders', orders[number] ?? '')) as {
          position: string;
        };
        return { customer: customers[number], position: answer.position };
      };
      const see = async ({ customer, position }: Awaited<ReturnType<typeof place>>) => {
        const begun = performance.now();
        await reports.get(`/v1/customers/${customer}/sales-history?atLeast=${position}&limit=1`);
        return performance.now() - begun;
      };
      const medians: Record<'kontor' | 'bare', number[]> = { kontor: [], bare: [] };
      const p99 = (side: 'kontor' | 'bare', lags: readonly number[]): number => {
        medians[side].push(percentile(lags, 0.5));
        return percentile(lags, 0.99);
      };
      const lags = await alternate(bench, 'lag', {
        kontor: async () => p99('kontor', await callSteadily(load, place, see)),
        bare: async () => p99('bare', await bare.lags(load)),
      });
      return {
        series: [
          ...seriesOf('p99', 'ms', lags),
          // Without the warm-up.
          ...seriesOf('median', 'ms', { kontor: medians.kontor.slice(1), bare: medians.bare.slice(1) }),
        ],
        requirements: [
          requirement('times the bare path’s p99', ratios(lags.kontor, lags.bare), { atMost: 4 }),
        ],
      };
    } finally {
      await Promise.all(clients.map((client) => client.close()));
      await office.close();
      await bare.close();
      for (const name of ['lag', 'lag_bare']) await server.dropDatabase(name);
    }
  },
};
