import pg from 'pg';
import { LogUnavailable } from '../port.js';

export interface ConnectionOptions {
  readonly url: string;
  /** How many may be open at once. */
  readonly size: number;
  /** Within it each call ends, waiting for a connection not counted: that has as long again. */
  readonly deadlineMs: number;
}

/** A row as the server sent it: each column's text, or null. */
export type Row = readonly (string | null)[];

/** A statement that each connection prepares once, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Connections made when needed, thrown away when anything but an SQL error happens on them. */
export class Connections {
  readonly #pool: pg.Pool;

  constructor({ url, size, deadlineMs }: ConnectionOptions) {
    this.#pool = new pg.Pool({ ...sessionOptions(url, deadlineMs), max: size });
    // A connection was lost, idle or at work: the query under way rejects, the next call makes a new one.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** @throws {LogUnavailable} the server can't be reached, has no room, or does not answer by the deadline */
  async query(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw asLogError(error);
    }
    try {
      const result = await client.query<string[]>({
        ...statement,
        values: [...values],
        rowMode: 'array',
        types: rawText,
      });
      client.release();
      return result.rows;
    } catch (error) {
      client.release(!(error instanceof pg.DatabaseError));
      throw asLogError(error);
    }
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

const rawText = { getTypeParser: () => (text: string) => text };

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
