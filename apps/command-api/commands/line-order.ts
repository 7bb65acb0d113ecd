import type { Turn } from '../desk/turn.js';

/** What a line names, as texts that tell one thing from another. */
export interface Named {
  /** What the line may change. */
  readonly changed: readonly string[];
  /** What it only refers to. */
  readonly referredTo: readonly string[];
}

/** How far the lines are that name a thing. */
interface Thing {
  /** The last that may change it is done. */
  readonly changed: Promise<void>;
  /** All since that refer to it are done. */
  readonly read: Promise<void>;
  /** And are recorded, or on their way. */
  readonly recorded: Promise<void>;
}

const nothing = Promise.resolve();
const untouched: Thing = { changed: nothing, read: nothing, recorded: nothing };

/**
 * Lets lines that name the same thing take effect in the order of the lines, and others at once. One that may change the thing
 * has it to itself; those that refer to it are decided at once and recorded one after the other, so that a thousand orders
 * of one customer don't wait for each other's answers.
 */
export class LineOrder {
  private readonly things = new Map<string, Thing>();

  run<Result>({ changed, referredTo }: Named, task: (turn: Turn) => Promise<Result>): Promise<Result> {
    const { promise: passed, resolve: pass } = Promise.withResolvers<void>();
    const own = changed.map((name) => this.standOf(name));
    const others = referredTo.map((name) => this.standOf(name));

    const ready = all(
      ...own.flatMap((thing) => [thing.changed, thing.read]),
      ...others.map((thing) => thing.changed),
    );
    const comes = all(...others.map(({ recorded }) => recorded));
    const running = ready.then(() => task({ comes, pass }));
    const done = running.then(
      () => pass(),
      () => pass(),
    );

    for (const name of changed) this.leave(name, { ...untouched, changed: done });
    for (const name of referredTo) {
      const thing = this.standOf(name);
      this.leave(name, {
        ...thing,
        read: all(thing.read, done),
        recorded: all(thing.recorded, passed),
      });
    }
    return running;
  }

  private standOf(name: string): Thing {
    return this.things.get(name) ?? untouched;
  }

  private leave(name: string, thing: Thing): void {
    this.things.set(name, thing);
    void this.forgetAfterwards(name, thing);
  }

  /** When nobody is under way any more who names the thing. */
  private async forgetAfterwards(name: string, thing: Thing): Promise<void> {
    await all(thing.changed, thing.read);
    if (this.things.get(name) === thing) this.things.delete(name);
  }
}

const all = async (...promises: readonly Promise<void>[]): Promise<void> =>
  void (await Promise.all(promises));
