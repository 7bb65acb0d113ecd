import { Turns } from '#kontor/waiting';

/** Lets callers in, of each kind a number at once: where those of one kind take long, the others need not wait for them. */
export class Shares {
  readonly #turns = new WeakMap<object, Turns>();

  constructor(
    private readonly size: number,
    private readonly waitMs: number,
  ) {}

  /** @throws {NoTurn} so many of the kind were under way, and before it, for all of the time that it may wait */
  use<Result>(kind: object, work: () => Promise<Result>): Promise<Result> {
    let turns = this.#turns.get(kind);
    if (!turns) this.#turns.set(kind, (turns = new Turns(this.size, this.waitMs)));
    return turns.use(work);
  }
}
