import { decodeEvent, type DomainEvent } from '#kontor/contracts';
import { streamOf, type Aggregate } from '#kontor/domain';
import type { EventLog, ExpectedRevision } from '#kontor/event-store';
import QuickLRU from 'quick-lru';

/** An aggregate as it stands in the log. */
export interface Seen<State> {
  /** Undefined: there is none. */
  readonly state: State | undefined;
  readonly revision: ExpectedRevision;
  /** Of its last event. */
  readonly position: bigint;
}

export const NEVER_SEEN: Seen<never> = { state: undefined, revision: 'no-stream', position: 0n };
/** At the most, and half of it at the least. An order of 26 lines takes some 20 kB. */
const REMEMBERED = 2_000;

/**
 * Aggregates by their events. What was seen last is the baseline, and what came since is read each time, or the append proves that
 * nothing did: never is anything decided on memory alone.
 */
export class Aggregates {
  // It keeps up to twice as many as it is told.
  private readonly baselines = new QuickLRU<string, Seen<unknown>>({ maxSize: REMEMBERED / 2 });

  constructor(private readonly log: Pick<EventLog, 'loadStream'>) {}

  /** Perhaps outdated: good for what never changes, such as whose order it is. */
  lastSeen<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    id: string,
  ): Seen<State> | undefined {
    // Only states of this category are kept under its streams.
    return this.baselines.get(streamOf(aggregate, id)) as Seen<State> | undefined;
  }

  async load<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    id: string,
  ): Promise<Seen<State>> {
    const stream = streamOf(aggregate, id);
    const baseline = this.lastSeen(aggregate, id) ?? NEVER_SEEN;
    const next = baseline.revision === 'no-stream' ? 0 : baseline.revision + 1;
    const recorded = await this.log.loadStream(stream, next);
    let { state, revision, position } = baseline;
    for (const event of recorded) {
      // The stream's category says which events it holds.
      state = aggregate.evolve(state, decodeEvent(event) as unknown as Event, event.revision);
      ({ revision, position } = event);
    }
    const seen: Seen<State> = { state, revision, position };
    if (revision !== 'no-stream') this.remember(stream, seen);
    return seen;
  }

  /** Takes note of an event that was just appended. */
  learn<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    id: string,
    before: Seen<State>,
    event: Event,
    { revision, position }: { readonly revision: number; readonly position: bigint },
  ): void {
    const state = aggregate.evolve(before.state, event, revision);
    this.remember(streamOf(aggregate, id), { state, revision, position });
  }

  /** The log contradicted what was remembered. */
  forget(stream: string): void {
    this.baselines.delete(stream);
  }

  private remember(stream: string, seen: Seen<unknown>): void {
    const known = this.baselines.get(stream);
    // Reads overtake each other: an older one does not replace a newer.
    if (known && known.position > seen.position) return;
    this.baselines.set(stream, seen);
  }
}
