import type { Bench } from './bench.js';
import { orderData, orderMetadata } from './order-event.js';

/** Fills a database's log with events of 1.2 kB and their metadata, each in a stream of its own. */
export async function fillLog(bench: Bench, database: string, events: number): Promise<void> {
  bench.say(`${events.toLocaleString('en')} events are put into the log`);
  const literal = (value: object): string => `'${JSON.stringify(value).replaceAll("'", "''")}'`;
  await bench.server.run(
    `insert into event_log.events
     select n, 1322661900000 + n, gen_random_uuid(), 0, 'order-' || gen_random_uuid(), 'OrderPlaced',
       ${literal(orderData)}, ${literal(orderMetadata)}
     from generate_series(1, ${events}) n`,
    database,
  );
  await bench.server.run('vacuum analyze event_log.events', database);
}
