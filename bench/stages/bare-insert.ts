import pg from 'pg';
import { call } from '../measuring/callers.js';
import { pgbench } from '../peers/pgbench.js';
import type { Bench } from './bench.js';
import { orderData, orderMetadata } from './order-event.js';

/** The table of the log, with the indexes of the log, and nothing around it. */
export async function createBareTable(bench: Bench, database: string): Promise<string> {
  const url = await bench.server.createDatabase(database);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create table events (
      position bigint not null, recorded_at bigint not null, event_id uuid not null, revision integer not null,
      stream text collate "C" not null, type text collate "C" not null,
      data text collate "C" not null, metadata text collate "C" not null,
      primary key (position), unique (stream, revision), unique (event_id)
    ) with (toast_tuple_target = 8160);
    create sequence positions;
    create sequence revisions as integer`);
  await client.end();
  return url;
}

const bareInsert = (stream: string, data: string, metadata: string): string => `
  insert into events values (
    nextval('positions'), floor(extract(epoch from clock_timestamp()) * 1000), gen_random_uuid(), nextval('revisions'),
    ${stream}, 'OrderPlaced', ${data}, ${metadata})`;

/** One row a transaction, its texts sent each time, by a program in C. */
export async function insertByPgbench(bench: Bench, url: string, clients: number): Promise<number> {
  const { perSecond } = await pgbench({
    url,
    clients,
    seconds: bench.pace.seconds,
    signal: bench.signal,
    scripts: [`${bareInsert("'order-' || :client_id", ':data', ':metadata').replaceAll('\n', ' ')};`],
    variables: { data: JSON.stringify(orderData), metadata: JSON.stringify(orderMetadata) },
  });
  return perSecond;
}

/** The same statement, prepared, by the driver that Kontor uses, one after the other. */
export async function insertByDriver(bench: Bench, url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const statement = { name: 'insert', text: bareInsert('$1', '$2', '$3') };
  try {
    const { perSecond } = await call(1, bench.pace.seconds, bench.signal, () =>
      client.query({
        ...statement,
        values: ['order-0', JSON.stringify(orderData), JSON.stringify(orderMetadata)],
      }),
    );
    return perSecond;
  } finally {
    await client.end();
  }
}
