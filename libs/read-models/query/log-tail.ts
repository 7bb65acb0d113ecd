import type { EventLog, Position, RecordedEvent } from '#kontor/event-store';
import { settlesWithin } from '#kontor/waiting';

/** Rows are seldom further behind the log; where they are, it is they that are waited for. */
const MOST_EVENTS = 256;
const MOST_CHARACTERS = 4_000_000;
/** So long a caller waits for the log. */
const PATIENCE_MS = 250;
/** So long it is left alone where it was read in vain. */
const REST_MS = 250;

/** All events of the log between two positions. */
export interface Stretch {
  /** Exclusive. */
  readonly after: Position;
  /** Inclusive. */
  readonly upTo: Position;
  readonly events: readonly RecordedEvent[];
}

/** The end of the log, as far as rows may not have seen it: each event is read once, whoever asks for it. */
export class LogTail {
  #window = new Window(0n);
  #restsUntil = 0;

  constructor(private readonly log: Pick<EventLog, 'readAll'>) {}

  /**
   * What comes after a position, up to another one at the least. Undefined where that is too much to hold, or the log does not give it
   * in time.
   */
  read(after: Position, upTo: Position): Promise<Stretch | undefined> | undefined {
    return performance.now() < this.#restsUntil ? undefined : this.#read(after, upTo);
  }

  async #read(after: Position, upTo: Position): Promise<Stretch | undefined> {
    if (!this.#window.leadsTo(after)) this.#window = new Window(after);
    const window = this.#window;
    const deadline = performance.now() + PATIENCE_MS;
    while (window.upTo < upTo) {
      const before = window.upTo;
      // A failure is not the caller's: they wait for the rows then.
      const isRead = await settlesWithin(window.readOn(this.log), deadline - performance.now()).catch(
        () => false,
      );
      if (isRead && window.upTo === before) return undefined;
      if (!isRead || window.hasLost(after)) {
        this.#restsUntil = performance.now() + REST_MS;
        return undefined;
      }
    }
    return window.stretch;
  }
}

/** Moves along the log: what it has no room for any more it loses at its beginning. */
class Window {
  readonly #events: RecordedEvent[] = [];
  #characters = 0;
  #reading: Promise<void> | undefined;

  /** @param after exclusive */
  constructor(private after: Position) {}

  get upTo(): Position {
    return this.#events.at(-1)?.position ?? this.after;
  }

  get stretch(): Stretch {
    return { after: this.after, upTo: this.upTo, events: this.#events.slice() };
  }

  /** Whether something of what comes after a position is not here any more. */
  hasLost(position: Position): boolean {
    return position < this.after;
  }

  /** Whether what comes after a position is here, or will be. */
  leadsTo(position: Position): boolean {
    return !this.hasLost(position) && (position <= this.upTo || this.#reading !== undefined);
  }

  /** One read at a time serves all. */
  readOn(log: Pick<EventLog, 'readAll'>): Promise<void> {
    this.#reading ??= this.#read(log).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(log: Pick<EventLog, 'readAll'>): Promise<void> {
    for await (const event of log.readAll({ after: this.upTo, limit: MOST_EVENTS })) {
      this.#events.push(event);
      this.#characters += sizeOf(event);
      while (this.#events.length > MOST_EVENTS || this.#characters > MOST_CHARACTERS) this.#lose();
    }
  }

  #lose(): void {
    const lost = this.#events.shift();
    if (!lost) return;
    this.after = lost.position;
    this.#characters -= sizeOf(lost);
  }
}

const sizeOf = ({ data, metadata }: RecordedEvent): number => data.length + metadata.length;
