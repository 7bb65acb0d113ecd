/**
 * Cuts waits short when a signal aborts, one at a time. A listener for all of them: a signal that outlives many waits would keep some of what
 * each of them held (ADR 18).
 */
export class UntilAborted {
  #cut: (value: undefined) => void = () => {};
  readonly #abort = (): void => this.#cut(undefined);

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** Undefined when the signal aborts first. */
  async wait<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    if (this.signal.aborted) return undefined;
    const aborted = Promise.withResolvers<undefined>();
    this.#cut = aborted.resolve;
    return Promise.race([promise, aborted.promise]);
  }

  end(): void {
    this.signal.removeEventListener('abort', this.#abort);
  }
}
