/** Lets tasks that share a key run one after the other, in the order in which they came, and others at once. */
export class Lanes {
  private readonly ends = new Map<string, Promise<void>>();

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
  }
}
