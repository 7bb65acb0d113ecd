import { setImmediate as immediately } from 'node:timers/promises';
import { type Statement, textArray, type TextRow } from '#kontor/postgres';
import type { Position, ReadAllOptions, ReadStreamOptions, RecordedEvent, StreamFilter } from '../port.js';
import type { Connections } from './connections.js';
import { eventColumns, toEvent } from './recorded-event.js';

const firstPage = 50;
const largestPage = 5_000;
/** About what a page may hold in memory; two pages are held at once. Readers under way share it, since slow ones hold theirs for long. */
const pageCharacters = 4_000_000;

/** The number of rows of the next page: it follows the size of the events, so that memory is bounded by characters. */
export class PageSize {
  rows: number;

  constructor(private readonly limit = largestPage) {
    this.rows = Math.min(firstPage, limit);
  }

  adapt(rows: readonly TextRow[], readers = 1): void {
    const characters = rows.reduce((sum, row) => sum + (row[6]?.length ?? 0) + (row[7]?.length ?? 0), 0);
    const fitting = Math.floor((pageCharacters / readers) * (this.rows / Math.max(characters, 1)));
    this.rows = Math.max(1, Math.min(fitting, this.rows * 5, this.limit));
  }
}

const [lowest, highest] = [0n, 2n ** 63n - 1n];

const streamForwards: Statement = {
  name: 'stream-forwards',
  text: `select ${eventColumns} from event_log.events where stream = $1 and revision >= $2 order by revision limit $3`,
};
const streamBackwards: Statement = {
  name: 'stream-backwards',
  text: `select ${eventColumns} from event_log.events where stream = $1 and revision <= $2 order by revision desc limit $3`,
};
const logForwards: Statement = {
  name: 'log-forwards',
  text: `select ${eventColumns} from event_log.events where position > $1 order by position limit $2`,
};
const logBackwards: Statement = {
  name: 'log-backwards',
  text: `select ${eventColumns} from event_log.events where position < $1 order by position desc limit $2`,
};

/** A page's matching rows, and whatever they are its first and last, with the number of rows looked at. */
const filtered = ({ name, text }: Statement): Statement => ({
  name: `${name}-filtered`,
  text: `
    select ${eventColumns}, scanned
    from (select page.*, row_number() over () as number, count(*) over () as scanned from (${text}) page) page
    where number in (1, scanned) or exists (select from unnest($3::text[]) prefix where starts_with(stream, prefix))`,
});
const logForwardsFiltered = filtered(logForwards);
const logBackwardsFiltered = filtered(logBackwards);

export const matches = (filter: StreamFilter | undefined, { stream }: RecordedEvent): boolean =>
  !filter || filter.streamPrefixes.some((prefix) => stream.startsWith(prefix));

/** Rows of the log in its order, with a filter those that match and the page's first and last. */
export interface LogPage {
  readonly rows: readonly TextRow[];
  /** Whether the log ended before as many rows were looked at as were asked for. */
  readonly isLast: boolean;
}

export async function readLogPage(
  connections: Connections,
  after: Position,
  limit: number,
  filter?: StreamFilter,
): Promise<LogPage> {
  const rows = filter
    ? await connections.query(logForwardsFiltered, [after, limit, textArray(filter.streamPrefixes)])
    : await connections.query(logForwards, [after, limit]);
  const scanned = filter ? Number(rows[0]?.[8] ?? 0) : rows.length;
  return { rows, isLast: scanned < limit };
}

/** Reads of streams and of the log, page by page. */
export class PagedReads {
  #underWay = 0;

  constructor(private readonly connections: Pick<Connections, 'query'>) {}

  stream(
    stream: string,
    { from, direction = 'forwards', limit = Infinity }: ReadStreamOptions,
  ): AsyncGenerator<RecordedEvent> {
    const [statement, step] =
      direction === 'forwards' ? [streamForwards, 1] : ([streamBackwards, -1] as const);
    return this.#pages(
      limit,
      from ?? (direction === 'forwards' ? 0 : 2 ** 31 - 1),
      (start, rows) => this.connections.query(statement, [stream, start, rows]),
      ({ revision }) => revision + step,
      () => true,
    );
  }

  log({
    after,
    direction = 'forwards',
    limit = Infinity,
    filter,
  }: ReadAllOptions): AsyncGenerator<RecordedEvent> {
    const isForwards = direction === 'forwards';
    const plain = isForwards ? logForwards : logBackwards;
    const statement = !filter ? plain : isForwards ? logForwardsFiltered : logBackwardsFiltered;
    const prefixes = filter ? [textArray(filter.streamPrefixes)] : [];
    return this.#pages(
      limit,
      after ?? (isForwards ? lowest : highest),
      (start, rows) => this.connections.query(statement, [start, rows, ...prefixes]),
      ({ position }) => position,
      (event) => matches(filter, event),
      filter !== undefined,
    );
  }

  /** While the caller works on a page the next one is fetched; there is never more than one ahead. */
  async *#pages<Start>(
    limit: number,
    start: Start,
    fetch: (start: Start, rows: number) => Promise<readonly TextRow[]>,
    startAfter: (last: RecordedEvent) => Start,
    isWanted: (event: RecordedEvent) => boolean,
    isFiltered = false,
  ): AsyncGenerator<RecordedEvent> {
    const size = new PageSize(isFiltered ? largestPage : Math.min(limit, largestPage));
    let left = limit;
    this.#underWay++;
    try {
      let next: Promise<readonly TextRow[]> | undefined = limit > 0 ? fetch(start, size.rows) : undefined;
      while (next) {
        const asked = size.rows;
        const rows = await next;
        const lastRow = rows.at(-1);
        const isLastPage = isFiltered ? !lastRow : rows.length < asked || left <= rows.length;
        size.adapt(rows, this.#underWay);
        next = isLastPage || !lastRow ? undefined : fetch(startAfter(toEvent(lastRow)), size.rows);
        // Nobody waits for it when the caller stops early.
        next?.catch(() => undefined);
        // A caller that waits for nothing itself would let it be sent only when this page is done.
        if (next) await immediately();
        for (const row of rows) {
          const event = toEvent(row);
          if (!isWanted(event)) continue;
          yield event;
          if (--left === 0) return;
        }
      }
    } finally {
      this.#underWay--;
    }
  }
}
