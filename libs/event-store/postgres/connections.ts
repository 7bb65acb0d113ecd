import pg from 'pg';
import { Client, parameterOf, type Statement, type TextRow, textsOf } from '#kontor/postgres';
import { LogUnavailable } from '../port.js';

export interface ConnectionOptions {
  readonly url: string;
  /** How many may be open at once. */
  readonly size: number;
  /** Within it each call ends, waiting for a connection not counted: that has as long again. */
  readonly deadlineMs: number;
}

/** Connections made when needed, thrown away when anything but an SQL error happens on them. */
export class Connections {
  readonly #pool: pg.Pool;

  constructor({ url, size, deadlineMs }: ConnectionOptions) {
    this.#pool = new pg.Pool({ ...sessionOptions(url, deadlineMs), Client, max: size });
    // A connection was lost, idle or at work: the query under way rejects, the next call makes a new one.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** @throws {LogUnavailable} the server can't be reached, has no room, or does not answer by the deadline */
  async query(statement: Statement, values: readonly unknown[]): Promise<readonly TextRow[]> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw asLogError(error);
    }
    try {
      const rows = await rowsOf(client, statement, values);
      client.release();
      return rows;
    } catch (error) {
      client.release(!(error instanceof pg.DatabaseError));
      throw asLogError(error);
    }
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

/** One connection on which calls are served in their order, and sent without waiting for the answers of those before. */
export class Pipeline {
  #client: Promise<Client> | undefined;

  constructor(private readonly options: Omit<ConnectionOptions, 'size'>) {}

  /** @throws {LogUnavailable} as `Connections` does */
  async query(statement: Statement, values: readonly unknown[]): Promise<readonly TextRow[]> {
    const connecting = (this.#client ??= this.#connect());
    let client: Client | undefined;
    try {
      client = await connecting;
      return await rowsOf(client, statement, values);
    } catch (error) {
      if (!client || !(error instanceof pg.DatabaseError)) {
        this.#leave(connecting);
        client?.hangUp();
      }
      throw asLogError(error);
    }
  }

  async end(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  #connect(): Promise<Client> {
    const { url, deadlineMs } = this.options;
    const client = new Client({ ...sessionOptions(url, deadlineMs), pipeline: true });
    const connecting = client.connect().then(() => client);
    // Lost, idle or at work: calls under way reject, the next one makes a new connection.
    client.on('error', () => this.#leave(connecting)).once('end', () => this.#leave(connecting));
    return connecting;
  }

  #leave(connecting: Promise<Client>): void {
    if (this.#client === connecting) this.#client = undefined;
  }
}

const rowsOf = (
  client: pg.ClientBase,
  statement: Statement,
  values: readonly unknown[],
): Promise<readonly TextRow[]> => textsOf(client, { ...statement, values: values.map(parameterOf) });

/** How every session of the log is set up. */
export function sessionOptions(url: string, deadlineMs: number): pg.ClientConfig & pg.PoolConfig {
  return {
    connectionString: url,
    application_name: 'kontor event log',
    keepAlive: true,
    connectionTimeoutMillis: deadlineMs,
    query_timeout: deadlineMs,
    statement_timeout: deadlineMs,
    // Plans are made once, while the log may still be empty: an empty table would seem quickest to scan for ever.
    options: '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan',
  };
}

/** SQLSTATE classes: connection, resources, locks, operator, system; and the time-outs of transactions. */
const unavailable = /^(08|53|55P03|57|58|25P0[34]|40)/;

export function asLogError(error: unknown): unknown {
  if (error instanceof LogUnavailable || error instanceof TypeError) return error;
  if (error instanceof pg.DatabaseError && !unavailable.test(error.code ?? '')) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LogUnavailable(`the event log can't be reached: ${message}`, { cause: error });
}
