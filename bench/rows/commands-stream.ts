import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { warmUpsFromCold } from '../measuring/run.js';
import { ratios } from '../measuring/statistics.js';
import { Client, placeOrders } from '../stages/clients.js';
import { streamOrders } from '../stages/command-stream.js';
import { anna, Office } from '../stages/office.js';
import { orderOf, registerCustomers } from '../stages/orders.js';
import type { Row } from './row.js';

const CONNECTIONS = 64;

export const commandsStream: Row = {
  name: 'commands-stream',
  title: 'the same orders as lines of one stream to /v1/commands; against single calls',
  isQuick: true,
  async measure(bench) {
    const office = await Office.open(bench, await bench.server.createKontor('stream'));
    try {
      const token = await office.token(anna);
      const api = await office.commandApi();
      const client = new Client(api.url, token, CONNECTIONS);
      try {
        const customers = await registerCustomers(client);
        const orders = customers.map(orderOf);
        const texts = orders.map((order) => JSON.stringify(order));
        const rates = await alternate(
          bench,
          'commands-stream',
          {
            stream: () => streamOrders(bench, api, token, orders),
            'one by one': () => placeOrders(bench, client, texts, 1),
            [`one by one over ${CONNECTIONS} connections`]: () =>
              placeOrders(bench, client, texts, CONNECTIONS),
          },
          { warmUps: warmUpsFromCold(bench.pace) },
        );
        const [stream = [], ...others] = Object.values(rates);
        return {
          series: seriesOf('', 'orders/s', rates),
          requirements: [
            requirement('times one by one', ratios(stream, others[0] ?? []), { atLeast: 2 }),
            requirement(`times one by one over ${CONNECTIONS} connections`, ratios(stream, others[1] ?? [])),
          ],
        };
      } finally {
        await client.close();
      }
    } finally {
      await office.close();
      await bench.server.dropDatabase('stream');
    }
  },
};
