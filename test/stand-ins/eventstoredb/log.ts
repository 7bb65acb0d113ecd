/** What the stand-in keeps of one event: the bytes it was given and the place it got. */
export interface StoredRecord {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Commit position; the prepare position is the same on events. */
  readonly position: bigint;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type ProposedRecord = Pick<StoredRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type Expected = 'any' | 'stream-exists' | 'no-stream' | number;

export type Appended =
  | { readonly kind: 'stored' | 'idempotent'; readonly last: StoredRecord }
  | { readonly kind: 'nothing'; readonly revision: number }
  | { readonly kind: 'wrong-version'; readonly current: number };

/** A place in `$all`, compared by commit, then prepare. */
export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The place is not the beginning of a record. */
export class NotARecord extends Error {}

const noStream = -1;

/**
 * The stand-in's log. Appends are judged as EventStoreDB judges them: by the ids that stand at the revisions asked for,
 * by nothing else, except that `any` and `stream-exists` remember ids until the server stops.
 */
export class StandInLog {
  readonly all: StoredRecord[] = [];
  readonly #streams = new Map<string, StoredRecord[]>();
  readonly #recent = new Map<string, StoredRecord>();
  #end = 0n;

  /** The clock that stamps events, in milliseconds; tests may set it back. */
  constructor(public now: () => number = Date.now) {}

  stream(name: string): readonly StoredRecord[] {
    return this.#streams.get(name) ?? [];
  }

  append(stream: string, expected: Expected, events: readonly ProposedRecord[]): Appended {
    const current = this.stream(stream).length - 1;
    const [first] = events;
    if (!first) return { kind: 'nothing', revision: current };

    if (expected === 'any' || expected === 'stream-exists') {
      if (expected === 'stream-exists' && current === noStream) return { kind: 'wrong-version', current };
      const last = this.#recentlyStored(stream, events);
      return last ? { kind: 'idempotent', last } : this.#store(stream, events);
    }

    const tip = expected === 'no-stream' ? noStream : expected;
    if (tip === current) return this.#store(stream, events);
    if (tip > current) return { kind: 'wrong-version', current };
    const standing = this.stream(stream).slice(tip + 1, tip + 1 + events.length);
    const last = standing.at(-1);
    return last && events.every((event, index) => standing[index]?.id === event.id)
      ? { kind: 'idempotent', last }
      : { kind: 'wrong-version', current };
  }

  /** What a restart forgets. */
  forgetRecent(): void {
    this.#recent.clear();
  }

  /** Drops all but the first records, as the restore of a backup does; what is appended then takes their positions. */
  restore(records: number): void {
    for (const { stream } of this.all.splice(records)) this.#streams.get(stream)?.pop();
    this.#end = this.all.at(-1)?.position ?? 0n;
  }

  /** Index of the record that stands at the place. Throws `NotARecord` where none begins. */
  indexAt({ commit }: Place): number {
    const index = this.#partition((position) => position < commit);
    if (this.all[index]?.position !== commit) throw new NotARecord();
    return index;
  }

  /** How many records lie before the first that does not satisfy the condition. */
  #partition(before: (position: bigint) => boolean): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const record = this.all[middle];
      if (record && before(record.position)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #recentlyStored(stream: string, events: readonly ProposedRecord[]): StoredRecord | undefined {
    const known = events.map((event) => this.#recent.get(`${stream} ${event.id}`));
    return known.every((record) => record !== undefined) ? known.at(-1) : undefined;
  }

  #store(stream: string, events: readonly ProposedRecord[]): Appended {
    const records = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, records);
    let last: StoredRecord | undefined;
    for (const event of events) {
      this.#end += BigInt(100 + event.data.length + event.metadata.length);
      last = { ...event, stream, revision: records.length, position: this.#end, created: this.now() };
      records.push(last);
      this.all.push(last);
      this.#recent.set(`${stream} ${event.id}`, last);
    }
    return last ? { kind: 'stored', last } : { kind: 'nothing', revision: records.length - 1 };
  }
}
