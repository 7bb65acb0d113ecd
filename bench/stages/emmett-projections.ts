import { decodeEvent, type LoggedEvent } from '#kontor/contracts';
import { openEventLog } from '#kontor/event-store';
import { projections } from '#kontor/read-models';
import { openEmmett, type Emmett, type EmmettEvent, type EmmettProjection } from '../peers/emmett.js';
import type { Bench } from './bench.js';
import { emptyReadModels } from './read-models.js';
import { statementOf } from './row-statement.js';
import type { KontorDatabase } from './server.js';

/** Streams are appended to at once, each in its own order. */
const CALLERS = 32;

/**
 * Emmett with the first events of a log in its own store, and with projections that fill the same tables with the same rows: what an
 * event changes is asked of Kontor's, and done by the leanest kind that Emmett has, SQL for each event.
 */
export class EmmettProjections {
  #round = 0;

  private constructor(
    private readonly emmett: Emmett,
    private readonly database: KontorDatabase,
    private readonly bench: Bench,
  ) {}

  static async over(bench: Bench, from: KontorDatabase, events: number): Promise<EmmettProjections> {
    const database = await bench.server.createKontor(`${from.name}_emmett`);
    bench.say(`Emmett is given the first ${events.toLocaleString('en')} events`);
    const emmett = await openEmmett(database.ownerUrl, CALLERS);
    const waiting = (await firstEvents(from, events)).entries();
    await Promise.all(
      Array.from({ length: CALLERS }, async () => {
        for (const [stream, recorded] of waiting) {
          bench.signal.throwIfAborted();
          await emmett.store.appendToStream(stream, recorded, {
            expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
          });
        }
      }),
    );
    return new EmmettProjections(emmett, database, bench);
  }

  /** From the first event to the last, as projections that have never run. @returns milliseconds */
  async project(): Promise<number> {
    await emptyReadModels(this.bench, this.database);
    return await this.emmett.project(projections.map(toEmmett), `round-${this.#round++}`);
  }

  async close(): Promise<void> {
    await this.emmett.close();
    await this.bench.server.dropDatabase(this.database.name);
  }
}

/** By stream, in the order of each; with what Emmett keeps no place for among the metadata. */
async function firstEvents(
  { projectorUrl }: KontorDatabase,
  limit: number,
): Promise<Map<string, EmmettEvent[]>> {
  const streams = new Map<string, EmmettEvent[]>();
  const log = openEventLog(projectorUrl);
  try {
    for await (const stored of log.readAll({ limit })) {
      const { type, data, metadata, stream, eventId, revision, recordedAt } = decodeEvent(stored);
      const event = { type, data, metadata: { ...metadata, stream, eventId, revision, recordedAt } };
      if (!streams.get(stream)?.push(event)) streams.set(stream, [event]);
    }
  } finally {
    await log.close();
  }
  return streams;
}

const toEmmett = ({ name, handles, apply }: (typeof projections)[number]): EmmettProjection => ({
  name,
  canHandle: [...handles],
  evolve: (event) => apply(asLogged(event)).map(statementOf),
});

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
