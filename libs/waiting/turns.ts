/** No turn came in the time that a caller is kept waiting. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

/** Lets a number of callers in at once; the others wait for their turn, first come, first served. */
export class Turns {
  /** No set: what comes and goes leaves a trail of its outgrown tables behind (ADR 18). */
  readonly #waiting: (() => void)[] = [];

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
      this.#waiting.splice(this.#waiting.indexOf(come), 1);
      reject(new NoTurn(`no turn came within ${this.waitMs} ms`));
    }, this.waitMs);
    const come = () => {
      clearTimeout(late);
      resolve();
    };
    this.#waiting.push(come);
    return promise;
  }

  #pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.free++;
  }
}
