import { InMemoryEventLog, LogUnavailable, type AppendOutcome } from '#kontor/event-store';

/** A log in memory to which a test does what else happens by chance: it waits, it fails, others are faster. */
export class ScriptedLog extends InMemoryEventLog {
  /** Awaited before each append. */
  beforeAppend: (stream: string) => Promise<void> = () => Promise.resolve();
  /** The append is done, its answer is lost. */
  losesAnswers = false;
  reachable = true;
  /** How many streams were loaded. */
  loads = 0;

  override async append(...asked: Parameters<InMemoryEventLog['append']>): Promise<AppendOutcome> {
    if (!this.reachable) throw new LogUnavailable('unreachable');
    await this.beforeAppend(asked[0]);
    const outcome = await super.append(...asked);
    if (this.losesAnswers) throw new LogUnavailable('the answer is lost');
    return outcome;
  }

  override async loadStream(...asked: Parameters<InMemoryEventLog['loadStream']>) {
    if (!this.reachable) throw new LogUnavailable('unreachable');
    this.loads++;
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
