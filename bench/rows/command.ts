import { requirement, seriesOf } from '../measuring/figures.js';
import { alternate } from '../measuring/rounds.js';
import { warmUpsFromCold } from '../measuring/run.js';
import { ratios } from '../measuring/statistics.js';
import { Client, placeOrders } from '../stages/clients.js';
import { anna, Office } from '../stages/office.js';
import { orderOf, registerCustomers } from '../stages/orders.js';
import type { Row } from './row.js';

const CONNECTIONS = 64;

export const command: Row = {
  name: 'command',
  title: `place orders of 10 lines over ${CONNECTIONS} connections; against a route that does nothing, behind the same guards and body`,
  isQuick: true,
  async measure(bench) {
    const office = await Office.open(bench, await bench.server.createKontor('command'));
    const clients: Client[] = [];
    try {
      const token = await office.token(anna);
      const clientOf = ({ url }: { readonly url: string }): Client => {
        const client = new Client(url, token, CONNECTIONS);
        clients.push(client);
        return client;
      };
      const kontor = clientOf(await office.commandApi());
      const noOp = clientOf(await office.noOp());
      const customers = await registerCustomers(kontor);
      const orders = customers.map((customer, number) => JSON.stringify(orderOf(customer, number)));
      const rates = await alternate(
        bench,
        'command',
        {
          kontor: () => placeOrders(bench, kontor, orders, CONNECTIONS),
          'no-op': () => placeOrders(bench, noOp, orders, CONNECTIONS),
        },
        { warmUps: warmUpsFromCold(bench.pace) },
      );
      return {
        series: seriesOf('', 'orders/s', rates),
        requirements: [
          requirement('of the no-op route', ratios(rates.kontor, rates['no-op']), { atLeast: 0.3 }),
        ],
      };
    } finally {
      await Promise.all(clients.map((client) => client.close()));
      await office.close();
      await bench.server.dropDatabase('command');
    }
  },
};
