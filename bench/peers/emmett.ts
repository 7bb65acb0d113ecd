import type pg from 'pg';
import { loadPeer } from './packages.js';

/** What is used here of `@event-driven-io/emmett-postgresql`. */
export interface EmmettStore {
  appendToStream(
    stream: string,
    events: readonly EmmettEvent[],
    options?: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
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

/** SQL with its values written into it, as Emmett's projections hand it on. */
export interface Sql {
  readonly __brand: 'sql';
}

interface Handles {
  readonly name: string;
  readonly canHandle: readonly string[];
}

/** A projection that answers each event with statements. */
export interface SqlProjection extends Handles {
  readonly evolve: (event: EmmettEvent) => Sql[];
}

export type PongoDocument = Readonly<Record<string, unknown>>;

/** Documents in PostgreSQL, as Emmett's own guide keeps its read models. */
export interface Pongo {
  db(): {
    /** Unless told not to, it creates its table whenever it is got. */
    collection(
      name: string,
      options?: { readonly schema: { readonly autoMigration: 'None' } },
    ): {
      createCollection(): Promise<void>;
      drop(): Promise<unknown>;
      handle(id: string, evolve: (document: PongoDocument | null) => PongoDocument | null): Promise<unknown>;
    };
  };
  close(): Promise<void>;
}

/** A projection that changes documents. */
export interface DocumentProjection extends Handles {
  readonly handle: (events: readonly EmmettEvent[], context: { readonly pongo: Pongo }) => Promise<void>;
}

export type EmmettProjection = SqlProjection | DocumentProjection;

interface EmmettPackage {
  isExpectedVersionConflictError(error: unknown): boolean;
}

interface Consumer {
  projector(options: object): unknown;
  init(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface PostgreSqlPackage {
  getPostgreSQLEventStore(
    url: string,
    options: {
      readonly schema: { readonly autoMigration: 'None' };
      readonly connectionOptions: { readonly pool: pg.Pool };
    },
  ): EmmettStore & { readonly schema: { migrate(): Promise<unknown> } };
  postgreSQLEventStoreConsumer(options: {
    readonly connectionString: string;
    readonly pulling: { readonly batchSize: number; readonly pullingFrequencyInMs: number };
    readonly stopWhen: { readonly noMessagesLeft: boolean };
  }): Consumer;
  postgreSQLRawSQLProjection(projection: SqlProjection): unknown;
  pongoProjection(projection: DocumentProjection): unknown;
}

interface PongoPackage {
  pongoClient(url: string): Pongo;
}

interface DumboPackage {
  sql(text: string, ...values: unknown[]): Sql;
}

/** As Dumbo, which Emmett talks to PostgreSQL with, makes it: `%L` stands for a value. */
export const sql: DumboPackage['sql'] = (text, ...values) =>
  (loadPeer('@event-driven-io/dumbo') as DumboPackage).sql(text, ...values);

export interface Emmett {
  readonly store: EmmettStore;
  /** Whether an append failed since another was faster. */
  isConflict(failure: unknown): boolean;
  /** Leaves collections of these names with nothing in them. */
  emptyCollections(names: readonly string[]): Promise<void>;
  /** Runs projections over the whole log, from its first event, under processor ids of their own. @returns milliseconds */
  project(projections: readonly EmmettProjection[], run: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * It reads 100 events every 50 ms if nothing else is said, which would be its limit whatever a projection does. So large a batch in so
 * short a time is not.
 */
const pulling = { batchSize: 1_000, pullingFrequencyInMs: 1 };

/** Emmett's store in a database of its own, with a connection for every caller and its schema in place. */
export async function openEmmett(url: string, connections: number): Promise<Emmett> {
  const {
    getPostgreSQLEventStore,
    postgreSQLEventStoreConsumer,
    postgreSQLRawSQLProjection,
    pongoProjection,
  } = loadPeer('@event-driven-io/emmett-postgresql') as PostgreSqlPackage;
  const { pongoClient } = loadPeer('@event-driven-io/pongo') as PongoPackage;
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
    emptyCollections: async (names) => {
      const pongo = pongoClient(url);
      for (const name of names) {
        const collection = pongo.db().collection(name);
        await collection.drop();
        await collection.createCollection();
      }
      await pongo.close();
    },
    project: async (projections, run) => {
      const consumer = postgreSQLEventStoreConsumer({
        connectionString: url,
        pulling,
        stopWhen: { noMessagesLeft: true },
      });
      for (const projection of projections)
        consumer.projector({
          processorId: `${projection.name}-${run}`,
          projection:
            'evolve' in projection ? postgreSQLRawSQLProjection(projection) : pongoProjection(projection),
        });
      await consumer.init();
      const begun = performance.now();
      await consumer.start();
      const took = performance.now() - begun;
      await consumer.close();
      return took;
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}
