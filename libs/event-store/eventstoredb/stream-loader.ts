import type { Position, RecordedEvent, Revision } from '../port.js';
import type { Page } from './collect.js';
import type { Connection } from './connection.js';
import type { KnownStreams } from './known-streams.js';
import { streamPage } from './reads.js';

interface Load {
  from: Revision;
  readonly events: Promise<readonly RecordedEvent[]>;
}

const pageRecords = 1000;

/** Loads whole streams; who asks for the same one in the same turn of the event loop shares the read. */
export class StreamLoader {
  readonly #gathering = new Map<string, Load>();

  constructor(
    private readonly connection: Connection,
    private readonly known: KnownStreams,
    private readonly seen: (position: Position) => void,
  ) {}

  async load(stream: string, from: Revision = 0): Promise<readonly RecordedEvent[]> {
    let load = this.#gathering.get(stream);
    if (load) load.from = Math.min(load.from, from);
    else {
      load = { from, events: new Promise((resolve) => setImmediate(() => resolve(this.#send(stream)))) };
      this.#gathering.set(stream, load);
    }
    const events = await load.events;
    return load.from === from ? events : events.filter(({ revision }) => revision >= from);
  }

  async #send(stream: string): Promise<readonly RecordedEvent[]> {
    const first = this.#gathering.get(stream)?.from ?? 0;
    this.#gathering.delete(stream);
    const { deadline } = this.connection;
    const events: RecordedEvent[] = [];
    for (let page: Page | undefined; !page?.isComplete;) {
      const from = (events.at(-1)?.revision ?? first - 1) + 1;
      const part = { stream, from, direction: 'forwards' } as const;
      page = await this.connection.call(streamPage(part, pageRecords), deadline);
      events.push(...page.records.map(({ event }) => event));
    }
    const ids = events.map(({ eventId }) => eventId);
    this.known.learn(stream, events[0]?.revision ?? first, ids);
    const last = events.at(-1);
    if (last) this.seen(last.position);
    return events;
  }
}
