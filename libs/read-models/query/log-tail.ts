import type { EventLog, Position, RecordedEvent } from '#kontor/event-store';
import { settlesWithin } from '#kontor/waiting';

/** Rows are seldom further behind the log; where they are, it is they that are waited for. */
const MOST_EVENTS = 256;
const MOST_CHARACTERS = 4_000_000;
/** So long a caller waits for the log. */
const PATIENCE_MS = 250;
/** So long it is left alone where it was read in vain. */
const REST_MS = 250;
/** So long after the last read what was read stands for the log: one that is replaced by a backup of it is gone for longer. */
const GOOD_MS = 1_000;

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
  #window: Window;
  #restsUntil = 0;

  constructor(
    private readonly log: Pick<EventLog, 'readAll'>,
    private readonly clock = () => performance.now(),
  ) {
    this.#window = new Window(0n, clock);
  }

  /**
   * What comes after a position, up to another one at the least. Undefined where that is too much to hold, or the log does not give it
   * in time.
   */
  read(after: Position, upTo: Position): Promise<Stretch | undefined> | undefined {
    return this.clock() < this.#restsUntil ? undefined : this.#read(after, upTo);
  }

  async #read(after: Position, upTo: Position): Promise<Stretch | undefined> {
    const deadline = this.clock() + PATIENCE_MS;
    if (!this.#window.leadsTo(after)) this.#window = new Window(after, this.clock);
    const window = this.#window;
    while (window.upTo < upTo) {
      const before = window.upTo;
      // A failure is not the caller's: they wait for the rows then.
      const isRead = await settlesWithin(window.readOn(this.log), deadline - this.clock()).catch(() => false);
      if (isRead && window.upTo === before) return undefined;
      // When it answers again the log may be another one.
      if (!isRead) this.#window = new Window(after, this.clock);
      if (!isRead || window.hasLost(after)) {
        this.#restsUntil = this.clock() + REST_MS;
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
  #goodUntil: number;

  constructor(
    /** Exclusive. */
    private after: Position,
    private readonly clock: () => number,
  ) {
    this.#goodUntil = clock() + GOOD_MS;
  }

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

  /** Whether what comes after a position is here, or will be, as it stands in the log by now. */
  leadsTo(position: Position): boolean {
    if (this.hasLost(position)) return false;
    return this.#reading !== undefined || (position <= this.upTo && this.clock() < this.#goodUntil);
  }

  /** One read at a time serves all. */
  readOn(log: Pick<EventLog, 'readAll'>): Promise<void> {
    this.#reading ??= this.#read(log).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(log: Pick<EventLog, 'readAll'>): Promise<void> {
    const goodUntil = this.clock() + GOOD_MS;
    for await (const event of log.readAll({ after: this.upTo, limit: MOST_EVENTS })) {
      this.#events.push(event);
      this.#characters += sizeOf(event);
      while (this.#events.length > MOST_EVENTS || this.#characters > MOST_CHARACTERS) this.#lose();
    }
    this.#goodUntil = goodUntil;
  }

  #lose(): void {
    const lost = this.#events.shift();
    if (!lost) return;
    this.after = lost.position;
    this.#characters -= sizeOf(lost);
  }
}

const sizeOf = ({ data, metadata }: RecordedEvent): number => data.length + metadata.length;
