import {
  InMemoryEventLog,
  LogUnavailable,
  type AppendOutcome,
  type EventToAppend,
  type ExpectedRevision,
} from '#kontor/event-store';

/** A log in memory to which a test does what else happens by chance: it waits, it fails, others are faster. */
export class ScriptedLog extends InMemoryEventLog {
  /** Awaited before each append. */
  beforeAppend: (stream: string) => Promise<void> = () => Promise.resolve();
  /** The append is done, its answer is lost. */
  losesAnswers = false;
  reachable = true;
  /** How often an earlier outcome was looked for. */
  lookUps = 0;

  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
  ): Promise<AppendOutcome> {
    if (!this.reachable) throw new LogUnavailable('unreachable');
    await this.beforeAppend(stream);
    const outcome = await super.append(stream, expected, events);
    if (this.losesAnswers) throw new LogUnavailable('the answer is lost');
    return outcome;
  }

  override findEvent(...asked: Parameters<InMemoryEventLog['findEvent']>) {
    this.lookUps++;
    return super.findEvent(...asked);
  }

  override async loadStream(...asked: Parameters<InMemoryEventLog['loadStream']>) {
    if (!this.reachable) throw new LogUnavailable('unreachable');
    return super.loadStream(...asked);
  }
}

/** A gate that holds back what passes until it is opened. */
export function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  let watchers: (() => void)[] = [];
  return {
    pass: (): Promise<void> => {
      waiting++;
      for (const watcher of watchers) watcher();
      return promise;
    },
    open: resolve,
    /** Resolves when so many wait. */
    holds: (count: number): Promise<void> =>
      new Promise((done) => {
        const look = () => waiting >= count && done();
        watchers = [...watchers, look];
        look();
      }),
  };
}
