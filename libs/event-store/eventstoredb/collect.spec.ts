import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { collectSubscription } from './collect.js';
import { TryTimedOut } from './failures.js';

/** The client's subscription is such a stream, with a few more events. */
class Subscription extends PassThrough {
  isLeft = false;

  constructor() {
    super({ objectMode: true });
  }

  unsubscribe(): Promise<void> {
    this.isLeft = true;
    return Promise.resolve();
  }
}

const anEventAt = (commit: bigint) => ({
  event: {
    id: `${commit}`,
    streamId: 'order-1',
    revision: commit,
    type: 'Tested',
    data: {},
    metadata: {},
    isJson: true,
    created: new Date(0),
    position: { commit, prepare: commit },
  },
});

function start(records = 10, silenceMs = 10_000) {
  const subscription = new Subscription();
  const page = collectSubscription(() => subscription, {
    records,
    silenceMs,
  });
  return { subscription, page };
}

describe('A page of a subscription', () => {
  it('holds all that came before "caught up", though that is told first', async () => {
    const { subscription, page } = start();
    subscription.write(anEventAt(1n));
    subscription.write(anEventAt(2n));
    subscription.emit('caughtUp');
    subscription.write(anEventAt(3n));
    const { records, isComplete } = await page;
    expect({ positions: records.map(({ event }) => event.position), isComplete }).toEqual({
      positions: [1n, 2n],
      isComplete: true,
    });
    expect(subscription.isLeft).toBe(true);
  });

  it('ends at its limit, and is not complete then', async () => {
    const { subscription, page } = start(2);
    for (const position of [1n, 2n, 3n]) subscription.write(anEventAt(position));
    expect(await page).toMatchObject({ records: [{}, {}], isComplete: false });
  });

  it('fails with the error of the subscription, and takes no later one amiss', async () => {
    const { subscription, page } = start();
    subscription.emit('error', new Error('dropped'));
    await expect(page).rejects.toThrow('dropped');
    expect(() => subscription.emit('error', new Error('again'))).not.toThrow();
  });

  it('fails when nothing comes', async () => {
    const { page } = start(10, 1);
    await expect(page).rejects.toThrow(TryTimedOut);
  });
});
