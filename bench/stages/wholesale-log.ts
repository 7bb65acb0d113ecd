import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { RecordedEvent } from '#kontor/event-store';
import type { Run } from '../measuring/run.js';
import type { KontorDatabase } from './server.js';
import { sampleEvents } from './wholesale-year.js';

const CHUNK_CHARACTERS = 256 * 1024;
/** The first instant of the log: what the store recorded has no earlier one. */
const RECORDED_FROM = Date.UTC(2026, 0, 1);

/**
 * Logs of any length made of the sample's year: year after year with customers, orders and plans of its own, and the same amounts. The
 * year is decided once a run, as far as it is needed.
 */
export class WholesaleLog {
  #year: Promise<RecordedEvent[]> | undefined;
  #decided = 0;

  constructor(
    private readonly run: Run,
    /** For what the command API that decides the year keeps beside the log. */
    private readonly directory: string,
  ) {}

  /** The number of events in so many years. */
  async eventsIn(years: number): Promise<number> {
    return years * (await this.#first(Infinity)).length;
  }

  /** Puts events into an empty log, or on from a position, past the append function: as the owner, in bulk. */
  async put({ ownerUrl }: Pick<KontorDatabase, 'ownerUrl'>, events: number, after = 0): Promise<void> {
    const year = await this.#first(after + events);
    this.run.say(`${events.toLocaleString('en')} events of wholesale are put into the log`);
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      await pipeline(
        Readable.from(chunksOf(year, after, events, this.run.signal), {
          objectMode: false,
          highWaterMark: CHUNK_CHARACTERS,
        }),
        client.query(copyFrom('copy event_log.events from stdin')),
      );
      await client.query('vacuum analyze event_log.events');
    } finally {
      await client.end();
    }
  }

  /** So many events or the whole year; who asks for more than before is likely to go on. */
  #first(events: number): Promise<readonly RecordedEvent[]> {
    if (!this.#year || this.#decided < events) {
      this.#decided = this.#year ? Infinity : events;
      this.#year = sampleEvents(this.run, this.directory, this.#decided);
    }
    return this.#year;
  }
}

function* chunksOf(
  year: readonly RecordedEvent[],
  after: number,
  events: number,
  signal: AbortSignal,
): Generator<string> {
  let chunk = '';
  for (let position = after + 1; position <= after + events; position++) {
    const event = year[(position - 1) % year.length];
    if (!event) throw new Error('the year has no events');
    chunk += lineOf(event, position, Math.floor((position - 1) / year.length));
    if (chunk.length < CHUNK_CHARACTERS) continue;
    signal.throwIfAborted();
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** An event as COPY takes it, moved on by so many years. */
function lineOf(event: RecordedEvent, position: number, years: number): string {
  const moved = (text: string): string => escaped(years === 0 ? text : inYear(text, years));
  const columns = [
    position,
    RECORDED_FROM + position,
    moved(event.eventId),
    event.revision,
    moved(event.stream),
    event.type,
    moved(event.data),
    moved(event.metadata),
  ];
  return `${columns.join('\t')}\n`;
}

const ID = /\b[0-9a-f]{2}(?=[0-9a-f]{6}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)/g;
const YEAR_OF_DATE = /\b20\d\d(?=-(\d\d|Q\d))/g;

/** Other ids, and dates so many years later. */
const inYear = (text: string, years: number): string =>
  text
    .replaceAll(ID, (first) => (Number.parseInt(first, 16) ^ years).toString(16).padStart(2, '0'))
    .replaceAll(YEAR_OF_DATE, (year) => String(Number(year) + years));

const escaped = (text: string): string => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text);
