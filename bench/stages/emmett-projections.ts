import { decodeEvent, type LoggedEvent } from '#kontor/contracts';
import { openEventLog } from '#kontor/event-store';
import { projectInMemory, projections } from '#kontor/read-models';
import { openEmmett, type Emmett, type EmmettEvent, type EmmettProjection } from '../peers/emmett.js';
import type { Bench } from './bench.js';
import { emptyReadModels } from './read-models.js';
import { changed, idOf } from './row-document.js';
import { statementOf } from './row-statement.js';
import type { KontorDatabase } from './server.js';

const tableNames = projections.flatMap(({ tables }) => tables.map(({ name }) => name));

/**
 * `statements`: the same tables by SQL written for each event, the leanest kind that Emmett has. `documents`: each row a Pongo document,
 * as Emmett's own guide does it.
 */
export type Kind = 'statements' | 'documents';

/**
 * Emmett with the first events of a log in its own store, and with projections that come to the same rows: what an event
 * changes is asked of Kontor's.
 */
export class EmmettProjections {
  #round = 0;

  private constructor(
    private readonly bench: Bench,
    private readonly emmett: Emmett,
    private readonly database: KontorDatabase,
    /** Rows that each table must come to. */
    private readonly expected: Readonly<Record<string, number>>,
  ) {}

  static async over(bench: Bench, from: KontorDatabase, limit: number): Promise<EmmettProjections> {
    const database = await bench.server.createKontor(`${from.name}_emmett`);
    bench.say(`Emmett is given the first ${limit.toLocaleString('en')} events`);
    const emmett = await openEmmett(database.ownerUrl, 1);
    const events = await firstEvents(from, limit);
    // One after the other: Emmett reads in the order of transactions and leaves out positions below the last, so events of appends
    // that overlap are lost to it.
    for (const event of events) {
      bench.signal.throwIfAborted();
      await emmett.store.appendToStream(event.stream, [asEmmetts(event)]);
    }
    return new EmmettProjections(bench, emmett, database, rowsOf(events));
  }

  /** From the first event to the last, as projections that have never run. @returns milliseconds */
  async project(kind: Kind): Promise<number> {
    const { server } = this.bench;
    const { name } = this.database;
    if (kind === 'documents') await this.emmett.emptyCollections(tableNames);
    await emptyReadModels(this.bench, this.database);
    const took = await this.emmett.project(projections.map(made[kind]), `round-${this.#round++}`);
    // Emmett goes on where a projection fails.
    const schema = kind === 'documents' ? 'public' : 'read_models';
    for (const table of tableNames) {
      const wanted = this.expected[table] ?? 0;
      if (wanted === 0) continue;
      const [row] = await server.run<{ count: number }>(
        `select count(*)::integer from ${schema}.${table}`,
        name,
      );
      if (row?.count !== wanted) throw new Error(`Emmett has ${row?.count} of ${wanted} rows of ${table}`);
    }
    return took;
  }

  async close(): Promise<void> {
    await this.emmett.close();
    await this.bench.server.dropDatabase(this.database.name);
  }
}

async function firstEvents({ projectorUrl }: KontorDatabase, limit: number): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  const log = await openEventLog(projectorUrl);
  try {
    for await (const stored of log.readAll({ limit })) events.push(decodeEvent(stored));
  } finally {
    await log.close();
  }
  return events;
}

const rowsOf = (events: readonly LoggedEvent[]): Record<string, number> =>
  Object.fromEntries(
    projections.flatMap((projection) => {
      const folded = projectInMemory(projection, events);
      return projection.tables.map((table) => [table.name, folded.rows(table).length]);
    }),
  );

/** With what Emmett keeps no place for among the metadata. */
const asEmmetts = ({
  type,
  data,
  metadata,
  stream,
  eventId,
  revision,
  recordedAt,
}: LoggedEvent): EmmettEvent => ({
  type,
  data,
  metadata: { ...metadata, stream, eventId, revision, recordedAt },
});

type Projection = (typeof projections)[number];

const made: Readonly<Record<Kind, (projection: Projection) => EmmettProjection>> = {
  statements: ({ name, handles, apply }) => ({
    name,
    canHandle: [...handles],
    evolve: (event) => apply(asLogged(event)).map(statementOf),
  }),
  documents: ({ name, handles, apply }) => ({
    name,
    canHandle: [...handles],
    handle: async (events, { pongo }) => {
      for (const event of events)
        for (const change of apply(asLogged(event)))
          await pongo
            .db()
            .collection(change.table.name, { schema: { autoMigration: 'None' } })
            .handle(idOf(change), (document) => changed(document, change));
    },
  }),
};

/** What Kontor's projections look at besides the payload. */
interface Kept {
  readonly stream: string;
  readonly eventId: string;
  readonly revision: number;
  readonly recordedAt: number;
  readonly globalPosition: bigint;
}

function asLogged({ type, data, metadata }: EmmettEvent): LoggedEvent {
  const { globalPosition: position, ...kept } = metadata as Kept;
  const logged: unknown = { type, data, metadata, ...kept, position };
  return logged as LoggedEvent;
}
