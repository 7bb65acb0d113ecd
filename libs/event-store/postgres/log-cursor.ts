import { LogReplaced, type Position, type RecordedEvent, type StreamFilter } from '../port.js';
import type { Connections } from './connections.js';
import { type LogPage, matches, PageSize, readLogPage } from './pages.js';
import { toEvent } from './recorded-event.js';

export interface CursorPage {
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
  /** Whether there was nothing more. */
  readonly isLast: boolean;
}

/**
 * Moves along the log page by page. Each page begins with the last event read, which must still stand there with its id:
 * whatever was restored or replaced between two pages is noticed. The next page is fetched while the caller works on
 * the present one. After an error the same page may be read again.
 */
export class LogCursor {
  readonly #size: PageSize;
  #last: { readonly position: Position; readonly eventId?: string };
  #ahead: Promise<LogPage> | undefined;

  constructor(
    private readonly connections: Connections,
    after: Position,
    batchSize: number,
    private readonly filter?: StreamFilter,
  ) {
    this.#last = { position: after };
    this.#size = new PageSize(batchSize);
  }

  get position(): Position {
    return this.#last.position;
  }

  async read(): Promise<CursorPage> {
    const page = this.#ahead ?? this.#fetch();
    this.#ahead = undefined;
    const { rows, isLast } = await page;
    const seen = rows.map(toEvent);
    const events = this.#last.position > 0n ? this.#withoutLast(seen) : seen;
    const last = events.at(-1);
    if (last) this.#last = last;
    this.#size.adapt(rows);
    if (!isLast) this.#ahead = this.#fetch();
    // It is awaited by the next call, if there is one.
    this.#ahead?.catch(() => undefined);
    return {
      events: events.filter((event) => matches(this.filter, event)),
      position: this.#last.position,
      isLast,
    };
  }

  #fetch(): Promise<LogPage> {
    const { position } = this.#last;
    const rows = this.#size.rows + (position > 0n ? 1 : 0);
    return readLogPage(this.connections, position - 1n, rows, this.filter);
  }

  #withoutLast([first, ...events]: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const { position, eventId = first?.eventId } = this.#last;
    if (first?.position !== position || first.eventId !== eventId)
      throw new LogReplaced(
        `the event read at position ${position} (${eventId ?? 'id unknown'}) is not there any more`,
      );
    return events;
  }
}
