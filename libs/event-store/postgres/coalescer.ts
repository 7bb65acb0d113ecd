import { LogUnavailable } from '../port.js';

export interface CoalescerLimits {
  readonly batchCount: number;
  readonly batchBytes: number;
  /** Batches under way at once. */
  readonly inFlight: number;
  /** So long a request is kept back for others that are still coming in: the server may work meanwhile. */
  readonly gatherMs: number;
  /**
   * While no batch is under way, so many leave at once where they are at least half of the last batch: callers that all wait for the same
   * batch come back together, and would let the server wait for the last of them.
   */
  readonly gatherCount: number;
  /** Requests that may wait; more are turned away at once. */
  readonly waiting: number;
  /** A request that waited this long for its batch is given up. */
  readonly waitMs: number;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly bytes: number;
  readonly since: number;
  readonly resolve: (answer: Answer | Promise<Answer>) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes one batch of the requests that arrive together. While a batch is under way those that arrive wait for the next
 * one: the slower the server, the larger the batches.
 */
export class Coalescer<Request, Answer> {
  /**
   * Whether requests get in each other's way. Of two groups that leave in turns one would always find what the other has changed: all
   * that come together then leave together, and one batch after the other.
   */
  areRivals = false;
  #waiting: Waiting<Request, Answer>[] = [];
  #inFlight = 0;
  #lastCount = 0;
  #isScheduled = false;
  #giveUp: NodeJS.Timeout | undefined;
  #idle: PromiseWithResolvers<void> | undefined;
  #isClosed = false;

  /** @param send answers each request, in their order */
  constructor(
    private readonly send: (requests: Request[]) => Promise<readonly (Answer | Promise<Answer>)[]>,
    private readonly limits: CoalescerLimits,
  ) {}

  ask(request: Request, bytes: number): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(new LogUnavailable('the event log was closed'));
    if (this.#waiting.length >= this.limits.waiting)
      return Promise.reject(new LogUnavailable('too many calls wait for the event log'));
    return new Promise((resolve, reject) => {
      const since = performance.now();
      this.#waiting.push({ request, bytes, since, resolve, reject });
      this.#giveUp ??= setTimeout(() => this.#giveUpOldest(), this.limits.waitMs);
      if (this.#isGathered(since)) void this.#sendBatch();
      else this.#schedule();
    });
  }

  /** Finishes what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#inFlight === 0 && this.#waiting.length === 0) return;
    this.#idle ??= Promise.withResolvers();
    await this.#idle.promise;
  }

  get #mayLeave(): boolean {
    const { inFlight } = this.limits;
    return this.#waiting.length > 0 && this.#inFlight < (this.areRivals ? 1 : inFlight);
  }

  #isGathered(now: number): boolean {
    const { gatherMs, gatherCount } = this.limits;
    const [oldest] = this.#waiting;
    if (!oldest || !this.#mayLeave || this.areRivals) return false;
    if (now - oldest.since >= gatherMs) return true;
    return this.#inFlight === 0 && this.#waiting.length >= Math.max(gatherCount, this.#lastCount / 2);
  }

  /** After all that is ready to run has run, and perhaps asked too. */
  #schedule(): void {
    if (this.#isScheduled || !this.#mayLeave) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#mayLeave) void this.#sendBatch();
    });
  }

  async #sendBatch(): Promise<void> {
    const batch = this.#takeBatch();
    this.#lastCount = batch.length;
    this.#inFlight++;
    try {
      const answers = await this.send(batch.map(({ request }) => request));
      if (answers.length !== batch.length)
        throw new Error(`${answers.length} answers to ${batch.length} requests`);
      answers.forEach((answer, index) => batch[index]?.resolve(answer));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    this.#inFlight--;
    if (this.#waiting.length > 0) this.#schedule();
    else if (this.#inFlight === 0) {
      clearTimeout(this.#giveUp);
      this.#giveUp = undefined;
      this.#idle?.resolve();
    }
  }

  #takeBatch(): Waiting<Request, Answer>[] {
    const { batchCount, batchBytes } = this.limits;
    let count = 0;
    let bytes = 0;
    for (const next of this.#waiting) {
      bytes += next.bytes;
      if (count === batchCount || (count > 0 && bytes > batchBytes)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  #giveUpOldest(): void {
    const now = performance.now();
    const { waitMs } = this.limits;
    const isLate = ({ since }: Waiting<Request, Answer>) => now - since >= waitMs;
    const late = this.#waiting.filter(isLate);
    this.#waiting = this.#waiting.filter((each) => !isLate(each));
    for (const { reject } of late)
      reject(new LogUnavailable(`the event log took no more calls for ${waitMs} ms`));
    const oldest = this.#waiting[0];
    this.#giveUp = oldest && setTimeout(() => this.#giveUpOldest(), oldest.since + waitMs - now + 1);
  }
}
