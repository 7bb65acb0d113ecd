import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Turn } from '../desk/turn.js';
import { LineOrder, type Named } from './line-order.js';

/** A line that is looked at from outside: whether it was begun, whether its turn has come; and that is told what to do. */
function aLine(order: LineOrder, named: Partial<Named>) {
  const line = { begun: false, hasTurn: false, pass: () => {}, finish: () => {}, fail: () => {} };
  const done = Promise.withResolvers<void>();
  const running = order.run({ changed: [], referredTo: [], ...named }, ({ comes, pass }: Turn) => {
    line.begun = true;
    line.pass = pass;
    void comes.then(() => (line.hasTurn = true));
    return done.promise;
  });
  running.catch(() => undefined);
  line.finish = done.resolve;
  line.fail = () => done.reject(new Error('x'));
  return line;
}

describe('the order of lines', () => {
  it('begins lines at once that have nothing in common', async () => {
    const order = new LineOrder();
    const lines = ['a', 'b'].map((name) => aLine(order, { changed: [name] }));
    await turnOfLoop();
    expect(lines).toMatchObject([{ begun: true }, { begun: true }]);
  });

  it('begins a line that may change a thing when the one before it is done, well or not', async () => {
    const order = new LineOrder();
    const [first, second, third] = [1, 2, 3].map(() => aLine(order, { changed: ['a'] }));
    first?.pass();
    await turnOfLoop();
    expect(second?.begun).toBe(false);
    first?.fail();
    await turnOfLoop();
    expect([second?.begun, third?.begun]).toEqual([true, false]);
  });

  it('begins lines at once that refer to a thing, and gives each its turn when those before it have passed', async () => {
    const order = new LineOrder();
    const [first, second, third] = [1, 2, 3].map(() => aLine(order, { referredTo: ['a'] }));
    await turnOfLoop();
    expect([first, second, third]).toMatchObject([
      { begun: true, hasTurn: true },
      { begun: true, hasTurn: false },
      { begun: true, hasTurn: false },
    ]);
    second?.pass();
    await turnOfLoop();
    expect([second?.hasTurn, third?.hasTurn]).toEqual([false, false]);
    first?.pass();
    await turnOfLoop();
    expect([second?.hasTurn, third?.hasTurn]).toEqual([true, true]);
  });

  it('gives the turn on where a line ends without a word', async () => {
    const order = new LineOrder();
    const [first, second] = [1, 2].map(() => aLine(order, { referredTo: ['a'] }));
    await turnOfLoop();
    first?.fail();
    await turnOfLoop();
    expect(second?.hasTurn).toBe(true);
  });

  it('keeps those that refer to a thing and those that may change it apart', async () => {
    const order = new LineOrder();
    const register = aLine(order, { changed: ['customer'] });
    const [one, other] = ['1', '2'].map((id) => aLine(order, { changed: [id], referredTo: ['customer'] }));
    const block = aLine(order, { changed: ['customer'] });
    const last = aLine(order, { changed: ['3'], referredTo: ['customer'] });
    const begun = async () => {
      await turnOfLoop();
      return [register, one, other, block, last].map((line) => line?.begun);
    };
    expect(await begun()).toEqual([true, false, false, false, false]);
    register.finish();
    expect(await begun()).toEqual([true, true, true, false, false]);
    other?.finish();
    expect(await begun()).toEqual([true, true, true, false, false]);
    one?.finish();
    expect(await begun()).toEqual([true, true, true, true, false]);
    block.finish();
    expect(await begun()).toEqual([true, true, true, true, true]);
  });
});
