import { integerArray, type Statement, textArray, uuidArray } from '#kontor/postgres';
import type { RecordedEvent, Revision } from '../port.js';
import { Coalescer, type CoalescerLimits } from './coalescer.js';
import type { Connections } from './connections.js';
import { eventColumns, toEvent } from './recorded-event.js';

type Wanted =
  | { readonly kind: 'stream'; readonly stream: string; readonly from: Revision }
  | { readonly kind: 'event'; readonly eventId: string };

const load: Statement = {
  name: 'load',
  text: `
    select ${eventColumns}, number
    from unnest($1::text[], $2::int[]) with ordinality wanted (name, first, number)
    cross join lateral (
      select * from event_log.events e where e.stream = name and e.revision >= first order by e.revision
    ) event
    union all
    select ${eventColumns}, null from event_log.events where event_id = any ($3::uuid[])`,
};

/** Streams and single events that are asked for together, read together. */
export class StreamLoader {
  readonly #reads: Coalescer<Wanted, readonly RecordedEvent[]>;

  constructor(
    private readonly connections: Connections,
    limits: CoalescerLimits,
  ) {
    this.#reads = new Coalescer((batch) => this.#send(batch), limits);
  }

  stream(stream: string, from: Revision): Promise<readonly RecordedEvent[]> {
    return this.#reads.ask({ kind: 'stream', stream, from }, 0);
  }

  async event(eventId: string): Promise<RecordedEvent | undefined> {
    const [event] = await this.#reads.ask({ kind: 'event', eventId: eventId.toLowerCase() }, 0);
    return event;
  }

  close(): Promise<void> {
    return this.#reads.close();
  }

  async #send(batch: readonly Wanted[]): Promise<readonly (readonly RecordedEvent[])[]> {
    const streams = batch.filter((wanted) => wanted.kind === 'stream');
    const ids = batch.filter((wanted) => wanted.kind === 'event').map(({ eventId }) => eventId);
    const rows = await this.connections.query(load, [
      textArray(streams.map(({ stream }) => stream)),
      integerArray(streams.map(({ from }) => from)),
      uuidArray(ids),
    ]);

    const found = new Map<Wanted, RecordedEvent[]>();
    const byId = new Map<string, RecordedEvent>();
    for (const row of rows) {
      const event = toEvent(row);
      const wanted = row[8] ? streams[Number(row[8]) - 1] : undefined;
      if (!wanted) byId.set(event.eventId, event);
      else if (!found.get(wanted)?.push(event)) found.set(wanted, [event]);
    }
    return batch.map((wanted) => {
      if (wanted.kind === 'stream') return (found.get(wanted) ?? []).sort((a, b) => a.revision - b.revision);
      const event = byId.get(wanted.eventId);
      return event ? [event] : [];
    });
  }
}
