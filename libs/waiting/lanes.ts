/** Tasks. */
const RENEWED_AFTER = 1_000;

/** Lets tasks that share a key run one after the other, in the order in which they came, and others at once. */
export class Lanes {
  private ends = new Map<string, Promise<void>>();
  private closed = 0;

  run<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
    const ahead = keys.flatMap((key) => this.ends.get(key) ?? []);
    const running = ahead.length === 0 ? task() : Promise.all(ahead).then(task);
    const end: Promise<void> = running.then(
      () => this.close(keys, end),
      () => this.close(keys, end),
    );
    for (const key of keys) this.ends.set(key, end);
    return running;
  }

  private close(keys: readonly string[], end: Promise<void>): void {
    for (const key of keys) if (this.ends.get(key) === end) this.ends.delete(key);
    // A map leaves a trail of its outgrown tables behind, which a new one does not go on with (ADR 18).
    if (++this.closed % RENEWED_AFTER === 0) this.ends = new Map(this.ends);
  }
}
