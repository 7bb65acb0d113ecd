import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { callSteadily, type Load } from '../measuring/open-loop.js';
import { orderData, orderMetadata } from './order-event.js';

const WRITERS = 16;
const CUSTOMERS = 500;

interface Waiter {
  readonly position: bigint;
  readonly seen: () => void;
}

/**
 * What any report that follows writes costs at the least: a row is inserted and told of, a listener hears it and changes one row of the
 * report, and the report is read.
 */
export class BarePath {
  #heard = 0n;
  #shown = 0n;
  #working = false;
  #waiters: Waiter[] = [];

  private constructor(
    private readonly writers: pg.Pool,
    private readonly readers: pg.Pool,
    private readonly listener: pg.Client,
    private readonly upserter: pg.Client,
  ) {}

  static async open(url: string): Promise<BarePath> {
    const connectionString = url;
    const path = new BarePath(
      new pg.Pool({ connectionString, max: WRITERS }),
      new pg.Pool({ connectionString, max: WRITERS }),
      new pg.Client({ connectionString }),
      new pg.Client({ connectionString }),
    );
    await Promise.all([path.listener.connect(), path.upserter.connect()]);
    await path.upserter.query(
      'create table report (customer integer primary key, orders bigint not null, position bigint not null)',
    );
    path.listener.on('notification', ({ payload = '0' }) => path.#hear(BigInt(payload)));
    await path.listener.query('listen inserted');
    return path;
  }

  /** @returns milliseconds from each acknowledged insert that was followed up to the report that shows it */
  lags(load: Load): Promise<number[]> {
    return callSteadily(
      load,
      () => this.#insert(),
      async (position) => {
        const begun = performance.now();
        await this.#reached(position);
        await this.readers.query({
          name: 'report',
          text: 'select * from report where customer = $1',
          values: [Number(position) % CUSTOMERS],
        });
        return performance.now() - begun;
      },
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.writers.end(), this.readers.end(), this.listener.end(), this.upserter.end()]);
  }

  async #insert(): Promise<bigint> {
    const { rows } = await this.writers.query<{ position: string }>({
      name: 'insert',
      text: `
        with inserted as (
          insert into events values (
            nextval('positions'), floor(extract(epoch from clock_timestamp()) * 1000), gen_random_uuid(), 0, $1, 'OrderPlaced', $2, $3)
          returning position)
        select position, pg_notify('inserted', position::text) from inserted`,
      values: [`order-${randomUUID()}`, JSON.stringify(orderData), JSON.stringify(orderMetadata)],
    });
    return BigInt(rows[0]?.position ?? 0);
  }

  #hear(position: bigint): void {
    if (position > this.#heard) this.#heard = position;
    if (!this.#working) void this.#show();
  }

  /** One change for all that was heard of since the last one. */
  async #show(): Promise<void> {
    this.#working = true;
    while (this.#shown < this.#heard) {
      const position = this.#heard;
      await this.upserter.query({
        name: 'upsert',
        text: `
          insert into report values ($1, 1, $2)
          on conflict (customer) do update set orders = report.orders + 1, position = excluded.position`,
        values: [Number(position) % CUSTOMERS, position],
      });
      this.#shown = position;
      const seen = this.#waiters.filter((waiter) => waiter.position <= position);
      this.#waiters = this.#waiters.filter((waiter) => waiter.position > position);
      for (const waiter of seen) waiter.seen();
    }
    this.#working = false;
  }

  async #reached(position: bigint): Promise<void> {
    if (this.#shown >= position) return;
    await new Promise<void>((seen) => this.#waiters.push({ position, seen }));
  }
}
