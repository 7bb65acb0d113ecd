/** No turn came in the time that a caller is kept waiting. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

/** Lets a number of callers in at once; the others wait for their turn, first come, first served. */
export class Turns {
  readonly #waiting = new Set<() => void>();

  constructor(
    private free: number,
    private readonly waitMs: number,
  ) {}

  /** @throws {NoTurn} so many were under way, and before it, for all of the time that it may wait */
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
