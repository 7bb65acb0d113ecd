import { call } from '../measuring/callers.js';
import type { Bench } from './bench.js';
import { Client, placeOrders } from './clients.js';
import { anna, auditor, Office } from './office.js';
import { orderOf, registerCustomers } from './orders.js';
import { catchUp, follow } from './read-models.js';
import { reportsOf } from './reports.js';
import type { KontorDatabase } from './server.js';

/** By so many a log grows each time that projections have something to catch up with. */
const MORE = 5_000;
const CONNECTIONS = 64;

/** Kontor with a log of some size behind it. */
export class Grown {
  private constructor(
    private readonly bench: Bench,
    private readonly database: KontorDatabase,
    readonly size: number,
    private readonly office: Office,
    private readonly commands: Client,
    private readonly queries: Client,
    private readonly paths: readonly string[],
    private events = size,
    private bodies: readonly string[] = [],
    private asked = 0,
  ) {}

  static async to(bench: Bench, size: number): Promise<Grown> {
    const database = await bench.server.createKontor(`growth_${size}`);
    await bench.wholesale.put(database, size);
    bench.say('all projections catch up with them');
    await catchUp(bench, database);
    await bench.server.run('vacuum analyze', database.name);
    const office = await Office.open(bench, database);
    const commands = new Client((await office.commandApi()).url, await office.token(anna), CONNECTIONS);
    const queries = new Client((await office.queryApi()).url, await office.token(auditor), CONNECTIONS);
    const paths = (await reportsOf(bench, database)).flatMap((report) => report.paths);
    return new Grown(bench, database, size, office, commands, queries, paths);
  }

  /** Of some more events at the end of the log. Only before the first order. @returns events a second */
  async catchUp(): Promise<number> {
    await this.bench.wholesale.put(this.database, MORE, this.events);
    this.events += MORE;
    await this.bench.server.settle();
    return (MORE / (await follow(this.bench, this.database))) * 1_000;
  }

  /** One after the other of all kinds, over each of the connections. @returns reports a second */
  async reports(): Promise<number> {
    const { perSecond } = await call(CONNECTIONS, this.bench.pace.seconds, this.bench.signal, () =>
      this.queries.get(this.paths[this.asked++ % this.paths.length] ?? ''),
    );
    return perSecond;
  }

  /** @returns orders a second */
  async orders(): Promise<number> {
    if (this.bodies.length === 0) {
      const customers = await registerCustomers(this.commands);
      this.bodies = customers.map((customer, number) => JSON.stringify(orderOf(customer, number)));
    }
    return await placeOrders(this.bench, this.commands, this.bodies, CONNECTIONS);
  }

  async close(): Promise<void> {
    await Promise.all([this.commands.close(), this.queries.close()]);
    await this.office.close();
    await this.bench.server.dropDatabase(this.database.name);
  }
}
