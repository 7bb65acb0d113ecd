import { describe, expect, it } from '@jest/globals';
import { GivenUp, type Part, type RunningPart, Supervisor } from './supervise.js';

/** A part that is made to die by hand. */
class FragilePart implements Part {
  readonly name = 'the clock';
  starts = 0;
  stops = 0;
  private dying = Promise.withResolvers<string>();
  private starting = Promise.withResolvers<void>();

  constructor(private readonly canStart: (start: number) => boolean = () => true) {}

  async start(): Promise<RunningPart> {
    this.starts++;
    if (!this.canStart(this.starts)) throw new Error('no spring');
    const dying = Promise.withResolvers<string>();
    this.dying = dying;
    this.starting.resolve();
    this.starting = Promise.withResolvers<void>();
    return {
      ended: dying.promise,
      stop: async () => {
        this.stops++;
        dying.resolve('it was stopped');
      },
    };
  }

  die(reason: string): Promise<void> {
    const startedAgain = this.starting.promise;
    this.dying.resolve(reason);
    return startedAgain;
  }
}

describe('a supervisor', () => {
  it('starts again what dies, and says why it died', async () => {
    const lines: string[] = [];
    const supervisor = new Supervisor((line) => lines.push(line));
    const part = new FragilePart();
    await supervisor.keep(part);
    await part.die('the spring broke');
    expect(part.starts).toBe(2);
    expect(lines[0]).toBe('The clock died (the spring broke); starting it again.');
    await supervisor.stop();
  });

  it('stops its parts for good, the last one first', async () => {
    const supervisor = new Supervisor(() => undefined);
    const order: string[] = [];
    const part = (name: string): Part => ({
      name,
      start: async () => {
        const ended = Promise.withResolvers<string>();
        return {
          ended: ended.promise,
          stop: async () => {
            order.push(name);
            ended.resolve('stopped');
          },
        };
      },
    });
    await supervisor.keep(part('database'));
    await supervisor.keep(part('service'));
    await supervisor.stop();
    expect(order).toEqual(['service', 'database']);
  });

  it('also stops what it was just starting again', async () => {
    const supervisor = new Supervisor(() => undefined);
    const slowStart = Promise.withResolvers<void>();
    const isStartingAgain = Promise.withResolvers<void>();
    const dying = Promise.withResolvers<string>();
    let starts = 0;
    let isStopped = false;
    await supervisor.keep({
      name: 'the clock',
      start: async () => {
        if (++starts === 1) return { ended: dying.promise, stop: async () => undefined };
        isStartingAgain.resolve();
        await slowStart.promise;
        return {
          ended: new Promise(() => undefined),
          stop: async () => {
            isStopped = true;
          },
        };
      },
    });
    dying.resolve('the spring broke');
    await isStartingAgain.promise;
    const stopped = supervisor.stop();
    slowStart.resolve();
    await stopped;
    expect(isStopped).toBe(true);
  });

  it('gives up at the fifth death within a minute, with the last reason', async () => {
    const supervisor = new Supervisor(() => undefined);
    const part = new FragilePart((start) => start === 1);
    await supervisor.keep(part);
    void part.die('the spring broke');
    await expect(supervisor.failed).rejects.toThrow(
      new GivenUp('the clock died 5 times within a minute, at last because no spring'),
    );
    expect(part.starts).toBe(5);
  });

  it('does not keep what could not be started at all', async () => {
    const supervisor = new Supervisor(() => undefined);
    const part = new FragilePart(() => false);
    await expect(supervisor.keep(part)).rejects.toThrow('the clock did not start: no spring');
    expect(part.starts).toBe(1);
  });
});
