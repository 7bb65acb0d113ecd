/** No turn came in the time that a caller is kept waiting. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

/** Lets callers in, of each kind a number at once: where those of one kind take long, the others need not wait for them. */
export class Shares {
  readonly #slots = new WeakMap<object, Slots>();

  constructor(
    private readonly size: number,
    private readonly waitMs: number,
  ) {}

  /** @throws {NoTurn} so many of the kind were under way, and before it, for all of the time that it may wait */
  use<Result>(kind: object, work: () => Promise<Result>): Promise<Result> {
    let slots = this.#slots.get(kind);
    if (!slots) this.#slots.set(kind, (slots = new Slots(this.size, this.waitMs)));
    return slots.use(work);
  }
}

class Slots {
  /** First come, first served. */
  readonly #waiting = new Set<() => void>();

  constructor(
    private free: number,
    private readonly waitMs: number,
  ) {}

  async use<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free--;
    else await this.#turn();
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  #turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => {
      this.#waiting.delete(come);
      reject(new NoTurn(`no turn came within ${this.waitMs} ms`));
    }, this.waitMs);
    const come = () => {
      clearTimeout(late);
      resolve();
    };
    this.#waiting.add(come);
    return promise;
  }

  #pass(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
