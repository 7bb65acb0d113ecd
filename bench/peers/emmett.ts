import type pg from 'pg';
import { loadPeer } from './packages.js';

/** What is used here of `@event-driven-io/emmett-postgresql`. */
export interface EmmettStore {
  appendToStream(
    stream: string,
    events: readonly EmmettEvent[],
    options: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<{ readonly nextExpectedStreamVersion: bigint }>;
  readStream(
    stream: string,
    options: { readonly from: bigint },
  ): Promise<{ readonly currentStreamVersion: bigint }>;
  close(): Promise<void>;
}

export interface EmmettEvent {
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

interface EmmettPackage {
  isExpectedVersionConflictError(error: unknown): boolean;
}

interface PostgreSqlPackage {
  getPostgreSQLEventStore(
    url: string,
    options: {
      readonly schema: { readonly autoMigration: 'None' | 'CreateOrUpdate' };
      readonly connectionOptions: { readonly pool: pg.Pool };
    },
  ): EmmettStore & { readonly schema: { migrate(): Promise<unknown> } };
}

export interface Emmett {
  readonly store: EmmettStore;
  /** Whether an append failed since another was faster. */
  isConflict(failure: unknown): boolean;
  close(): Promise<void>;
}

/** Emmett's store in a database of its own, with a connection for every caller and its schema in place. */
export async function openEmmett(url: string, connections: number): Promise<Emmett> {
  const { getPostgreSQLEventStore } = loadPeer('@event-driven-io/emmett-postgresql') as PostgreSqlPackage;
  const { isExpectedVersionConflictError } = loadPeer('@event-driven-io/emmett') as EmmettPackage;
  // Emmett's own copy of the driver: it sets how types are parsed for the whole of it.
  const { Pool } = loadPeer('pg') as typeof pg;
  const pool = new Pool({ connectionString: url, max: connections });
  const store = getPostgreSQLEventStore(url, {
    schema: { autoMigration: 'None' },
    connectionOptions: { pool },
  });
  await store.schema.migrate();
  return {
    store,
    isConflict: isExpectedVersionConflictError,
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}
