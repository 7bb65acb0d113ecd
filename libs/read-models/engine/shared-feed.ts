import type { EventLog, Position } from '#kontor/event-store';
import { settlesWithin } from '#kontor/waiting';
import { BatchInMaking, type BatchBounds } from './bounds.js';
import { decoded, type ReadEvent } from './read-event.js';

/** So long the reader waits for a projection that takes nothing; then that one goes on by itself, and the others don't wait. */
const PATIENCE_MS = 15_000;

/**
 * One reader of the log for many projections: each event is read and decoded once. A projection that is behind reads by itself
 * until it has caught up with the shared reader, and one that falls far behind leaves it again.
 */
export class SharedFeed {
  readonly #followers = new Set<Follower>();
  #position: Position;

  constructor(
    private readonly log: EventLog,
    private readonly bounds: BatchBounds,
    /** Where the foremost projection stands. */
    start: Position,
  ) {
    this.#position = start;
  }

  /** Reads until the signal aborts; rejects if the log can't be read, and may then be called again. */
  async run(signal: AbortSignal): Promise<void> {
    for await (const batch of this.log.subscribe(
      { after: this.#position, batchSize: this.bounds.events },
      signal,
    )) {
      for (const events of cut(batch.events.map(decoded), this.bounds)) await this.#deliver(events);
    }
  }

  /** Whoever follows gets what waits for it, and then the end, if its signal has aborted. */
  end(): void {
    for (const follower of this.#followers) follower.end();
  }

  /** Events after a position, in order, without end: in batches, each within the bounds. */
  async *after(position: Position, signal: AbortSignal): AsyncGenerator<readonly ReadEvent[]> {
    let reached = position;
    while (!signal.aborted) {
      // Between this comparison and `add` nothing else runs, so the follower misses nothing.
      if (reached >= this.#position) {
        const follower = new Follower(this.bounds);
        this.#followers.add(follower);
        try {
          for await (const events of follower.batches()) {
            const fresh = events.filter((event) => event.position > reached);
            reached = fresh.at(-1)?.position ?? reached;
            if (fresh.length > 0) yield fresh;
          }
        } finally {
          this.#followers.delete(follower);
        }
      } else {
        for await (const events of this.#behind(reached, signal)) {
          reached = events.at(-1)?.position ?? reached;
          yield events;
          if (reached >= this.#position) break;
        }
      }
    }
  }

  async *#behind(position: Position, signal: AbortSignal): AsyncGenerator<readonly ReadEvent[]> {
    const batch = new BatchInMaking(this.bounds);
    for await (const event of this.log.readAll({ after: position })) {
      if (signal.aborted) return;
      batch.add(decoded(event));
      if (batch.isFull || event.position >= this.#position) yield batch.take();
    }
    if (batch.events.length > 0) yield batch.take();
  }

  async #deliver(events: readonly ReadEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    this.#position = last.position;
    await Promise.all(Array.from(this.#followers, (follower) => this.#offer(follower, events)));
  }

  async #offer(follower: Follower, events: readonly ReadEvent[]): Promise<void> {
    if (await follower.hasRoom(PATIENCE_MS)) follower.push(events);
    else {
      this.#followers.delete(follower);
      follower.end();
    }
  }
}

/** What waits for one projection: at the most a batch, and one more. */
class Follower {
  readonly #waiting: BatchInMaking;
  #ended = false;
  #changed = Promise.withResolvers<void>();

  constructor(bounds: BatchBounds) {
    this.#waiting = new BatchInMaking(bounds);
  }

  /** Waits until a batch may come, but not for longer than told. */
  async hasRoom(patienceMs: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    while (this.#waiting.isFull && !this.#ended)
      if (!(await settlesWithin(this.#changed.promise, deadline - Date.now()))) return false;
    return true;
  }

  push(events: readonly ReadEvent[]): void {
    for (const event of events) this.#waiting.add(event);
    this.#change();
  }

  end(): void {
    this.#ended = true;
    this.#change();
  }

  /** All that waits, each time, until the end. */
  async *batches(): AsyncGenerator<readonly ReadEvent[]> {
    while (true) {
      const events = this.#waiting.take();
      if (events.length > 0) {
        this.#change();
        yield events;
      } else if (this.#ended) return;
      else await this.#changed.promise;
    }
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function* cut(events: readonly ReadEvent[], bounds: BatchBounds): Generator<readonly ReadEvent[]> {
  const batch = new BatchInMaking(bounds);
  for (const event of events) {
    batch.add(event);
    if (batch.isFull) yield batch.take();
  }
  if (batch.events.length > 0) yield batch.take();
}
