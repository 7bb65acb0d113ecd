import { describe, expect, it } from '@jest/globals';
import { LogUnavailable } from '../port.js';
import { Coalescer, type CoalescerLimits } from './coalescer.js';

const limits: CoalescerLimits = {
  batchCount: 3,
  batchBytes: 100,
  inFlight: 1,
  gatherMs: 60_000,
  gatherCount: Infinity,
  waiting: 10,
  waitMs: 60_000,
};

/** A server that echoes each batch when the test says so. */
function heldBack(changes: Partial<CoalescerLimits> = {}) {
  const batches: number[][] = [];
  const answers: (() => void)[] = [];
  const coalescer = new Coalescer<number, number>(
    (requests) => {
      batches.push(requests);
      return new Promise((resolve) => answers.push(() => resolve(requests)));
    },
    { ...limits, ...changes },
  );
  return { coalescer, batches, answerNext: () => answers.shift()?.() };
}

const turn = () => new Promise(setImmediate);

describe('requests that arrive together', () => {
  it('go as one batch, and those that arrive while it is under way as the next', async () => {
    const { coalescer, batches, answerNext } = heldBack();
    const first = [coalescer.ask(1, 1), coalescer.ask(2, 1)];
    await turn();
    const second = [coalescer.ask(3, 1), coalescer.ask(4, 1)];
    await turn();
    expect(batches).toEqual([[1, 2]]);
    answerNext();
    expect(await Promise.all(first)).toEqual([1, 2]);
    await turn();
    answerNext();
    expect(await Promise.all(second)).toEqual([3, 4]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('do not wait for those that take long to come in', async () => {
    const { coalescer, batches, answerNext } = heldBack({ gatherMs: 0 });
    const first = coalescer.ask(1, 1);
    const second = [coalescer.ask(2, 1), coalescer.ask(3, 1)];
    expect(batches).toEqual([[1]]);
    answerNext();
    expect(await first).toBe(1);
    await turn();
    answerNext();
    expect(await Promise.all(second)).toEqual([2, 3]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('do not wait for each other where they are half as many as last time and nothing is under way', async () => {
    const { coalescer, batches, answerNext } = heldBack({ batchCount: 10, inFlight: 2, gatherCount: 2 });
    const ask = (...numbers: number[]) => Promise.all(numbers.map((number) => coalescer.ask(number, 1)));
    void ask(1, 2, 3, 4, 5, 6, 7, 8);
    expect(batches).toEqual([[1, 2]]);
    await turn();
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5, 6, 7, 8],
    ]);
    answerNext();
    answerNext();
    await turn();
    const last = ask(9, 10, 11, 12);
    expect(batches.slice(2)).toEqual([[9, 10, 11]]);
    await turn();
    answerNext();
    answerNext();
    expect(await last).toEqual([9, 10, 11, 12]);
  });

  it('leave together, one batch after the other, where they get in each other’s way', async () => {
    const { coalescer, batches, answerNext } = heldBack({ inFlight: 2, gatherMs: 0, gatherCount: 1 });
    coalescer.areRivals = true;
    const first = [coalescer.ask(1, 1), coalescer.ask(2, 1)];
    expect(batches).toEqual([]);
    await turn();
    const second = [coalescer.ask(3, 1)];
    await turn();
    expect(batches).toEqual([[1, 2]]);
    answerNext();
    await Promise.all(first);
    second.push(coalescer.ask(4, 1));
    await turn();
    answerNext();
    expect(await Promise.all(second)).toEqual([3, 4]);
    expect(batches.slice(1)).toEqual([[3, 4]]);
  });

  it('are cut by count and by bytes; what is too large goes alone', async () => {
    const { coalescer, batches, answerNext } = heldBack();
    const asked = Promise.all([1, 2, 3, 60, 61, 1000, 4].map((bytes) => coalescer.ask(bytes, bytes)));
    while (batches.flat().length < 7) {
      await turn();
      answerNext();
    }
    expect(await asked).toEqual([1, 2, 3, 60, 61, 1000, 4]);
    expect(batches).toEqual([[1, 2, 3], [60], [61], [1000], [4]]);
  });

  it('are turned away when too many wait', async () => {
    const { coalescer, answerNext } = heldBack({ waiting: 2 });
    const asked = Promise.all([coalescer.ask(1, 1), coalescer.ask(2, 1)]);
    await expect(coalescer.ask(3, 1)).rejects.toThrow(LogUnavailable);
    await turn();
    answerNext();
    expect(await asked).toEqual([1, 2]);
  });

  it('are given up when they waited too long for their batch, and the one under way is not', async () => {
    const { coalescer, answerNext } = heldBack({ waitMs: 20 });
    const underWay = coalescer.ask(1, 1);
    await turn();
    await expect(coalescer.ask(2, 1)).rejects.toThrow(LogUnavailable);
    answerNext();
    expect(await underWay).toBe(1);
  });

  it('are finished by close, which takes no more', async () => {
    const { coalescer, answerNext } = heldBack();
    const asked = coalescer.ask(1, 1);
    await turn();
    const closed = coalescer.close();
    await expect(coalescer.ask(2, 1)).rejects.toThrow(LogUnavailable);
    answerNext();
    await closed;
    expect(await asked).toBe(1);
  });
});
