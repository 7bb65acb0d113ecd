import type { AllStreamSubscription, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { TryTimedOut } from './failures.js';
import { fromResolved, type ReadRecord } from './recorded-event.js';

/** A page ends after this many bytes of event text, so that a few large events don't fill the memory. */
const pageBytes = 4 * 1024 * 1024;

export interface Page {
  readonly records: readonly ReadRecord[];
  /** The end was reached: of the stream, or of the log as it stood. */
  readonly isComplete: boolean;
}

/** What ends a page before its end. */
export interface PageLimits {
  readonly records: number;
  /** Milliseconds in which nothing came. */
  readonly silenceMs: number;
}

/**
 * The records of a read, whole. The call is over when this settles. The read was asked for no more than the limit: it
 * ends by itself, for a server takes many calls that are reset for an attack.
 */
export function collectRead(stream: StreamingRead<ResolvedEvent>, limits: PageLimits): Promise<Page> {
  return new Collector(stream, () => stream.cancel(), { ...limits, records: limits.records + 1 }).page.then(
    ({ records, isComplete }) => ({ records, isComplete: isComplete && records.length < limits.records }),
  );
}

/** The records of a subscription, up to where it has caught up or a limit is reached; then it is left. */
export function collectSubscription(
  open: (checkpointReached: () => void) => AllStreamSubscription,
  limits: PageLimits,
): Promise<Page> {
  let heard = () => {};
  const subscription = open(() => heard());
  const collector = new Collector(subscription, () => subscription.unsubscribe(), limits);
  heard = () => collector.heard();
  subscription.on('caughtUp', () => collector.caughtUp());
  return collector.page;
}

type Source = StreamingRead<ResolvedEvent> | AllStreamSubscription;

class Collector {
  readonly #result = Promise.withResolvers<Page>();
  readonly #records: ReadRecord[] = [];
  #taken = 0;
  #bytes = 0;
  /** How many records come before "caught up", which overtakes those that wait to be taken. */
  #caughtUpAfter: number | undefined;
  #isOver = false;
  #isReading = false;
  #silence: NodeJS.Timeout;

  constructor(
    private readonly source: Source,
    private readonly cancel: () => Promise<void>,
    private readonly limits: PageLimits,
  ) {
    this.#silence = setTimeout(() => this.#silent(), limits.silenceMs);
    source.on('readable', () => this.#read());
    source.on('end', () => this.#end(true, false));
    // Errors that come after the end are of a call that was given up.
    source.on('error', (error: Error) => this.#fail(error));
  }

  get page(): Promise<Page> {
    return this.#result.promise;
  }

  heard(): void {
    if (!this.#isOver) this.#silence.refresh();
  }

  caughtUp(): void {
    this.#caughtUpAfter = this.#taken + this.source.readableLength;
    this.#read();
  }

  /** Reading itself may report "caught up", and come back here. */
  #read(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    while (!this.#isOver) {
      if (this.#taken === this.#caughtUpAfter) this.#end(true);
      else if (this.#records.length >= this.limits.records || this.#bytes >= pageBytes) this.#end(false);
      else {
        const resolved = this.source.read() as ResolvedEvent | null;
        if (resolved === null) break;
        this.heard();
        this.#take(resolved);
      }
    }
    this.#isReading = false;
  }

  #take(resolved: ResolvedEvent): void {
    this.#taken += 1;
    const record = fromResolved(resolved);
    if (!record) return;
    this.#records.push(record);
    this.#bytes += record.event.data.length + record.event.metadata.length;
  }

  #end(isComplete: boolean, cancel = true): void {
    this.#leave(cancel);
    this.#result.resolve({ records: this.#records, isComplete });
  }

  #fail(error: Error): void {
    this.#leave(true);
    this.#result.reject(error);
  }

  #silent(): void {
    this.#fail(new TryTimedOut(`nothing came in ${this.limits.silenceMs} ms`));
  }

  #leave(cancel: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#silence);
    if (!cancel) return;
    // Whatever comes of this, the call is given up.
    this.cancel().catch(() => undefined);
  }
}
