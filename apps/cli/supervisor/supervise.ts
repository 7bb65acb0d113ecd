import { setTimeout as pause } from 'node:timers/promises';

/** A part that has been started. */
export interface RunningPart {
  /** Resolves, with the reason in words, when the part has ended by itself or was stopped. */
  readonly ended: Promise<string>;
  /** Lets it finish what it is doing; resolves when it is gone. */
  stop(): Promise<void>;
}

/** What is kept alive. */
export interface Part {
  /** As it stands within a sentence: `the projector`. */
  readonly name: string;
  /** Resolves when the part works; rejects if it ends before. Stops trying when the signal aborts. */
  start(signal: AbortSignal): Promise<RunningPart>;
}

/** A part died so often that starting it again makes no sense. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

const DEATHS_THAT_END_IT = 5;
const WITHIN_MS = 60_000;
const FIRST_PAUSE_MS = 200;

/**
 * Starts parts one after the other as they are given, keeps each alive, and stops them in the reverse order. A part that dies is started
 * again after a pause that doubles with each death of the last minute; the fifth within a minute is the end.
 */
export class Supervisor {
  private readonly stopping = new AbortController();
  private readonly kept: { running: RunningPart | undefined; readonly over: Promise<void> }[] = [];
  private readonly starting = new Set<Promise<RunningPart>>();
  private readonly failure = Promise.withResolvers<never>();

  /** `report` is told, in one line, of each death and each new start. */
  constructor(private readonly report: (line: string) => void) {
    this.failure.promise.catch(() => undefined);
  }

  /** Rejects with `GivenUp` when a part can't be kept alive. */
  get failed(): Promise<never> {
    return this.failure.promise;
  }

  /** Starts the part, resolves when it works, and keeps it alive from then on. A part that can't be started at all rejects. */
  async keep(part: Part): Promise<void> {
    const start = part.start(this.stopping.signal);
    this.starting.add(start);
    const running = await start
      .catch((failure: unknown) => {
        throw new Error(`${part.name} did not start: ${reasonOf(failure)}`, { cause: failure });
      })
      .finally(() => this.starting.delete(start));
    if (this.stopping.signal.aborted) {
      await running.stop();
      this.stopping.signal.throwIfAborted();
    }
    const entry: { running: RunningPart | undefined; over: Promise<void> } = {
      running,
      over: Promise.resolve(),
    };
    entry.over = this.watch(part, entry).catch((failure: unknown) => {
      if (!this.stopping.signal.aborted) this.failure.reject(failure);
    });
    this.kept.push(entry);
  }

  /** Stops every part, the last one first. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.starting);
    for (const entry of this.kept.toReversed()) {
      await entry.running?.stop();
      await entry.over;
    }
  }

  private async watch(part: Part, entry: { running: RunningPart | undefined }): Promise<void> {
    const { signal } = this.stopping;
    let deaths: number[] = [];
    while (!signal.aborted) {
      let reason = entry.running ? await entry.running.ended : 'it did not start';
      entry.running = undefined;
      for (;;) {
        if (signal.aborted) return;
        const now = Date.now();
        deaths = [...deaths.filter((at) => at > now - WITHIN_MS), now];
        if (deaths.length >= DEATHS_THAT_END_IT)
          throw new GivenUp(
            `${part.name} died ${deaths.length} times within a minute, at last because ${reason}`,
          );
        this.report(`${capitalised(part.name)} died (${reason}); starting it again.`);
        await pause(FIRST_PAUSE_MS * 2 ** (deaths.length - 1), undefined, { signal });
        try {
          entry.running = await part.start(signal);
          if (signal.aborted) return await entry.running.stop();
          this.report(`${capitalised(part.name)} is back.`);
          break;
        } catch (failure) {
          reason = reasonOf(failure);
        }
      }
    }
  }
}

const reasonOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
