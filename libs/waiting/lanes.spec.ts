import { expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

/** Tasks that end when the test says so, and the order in which they began. */
function tasks() {
  const lanes = new Lanes();
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const run = (name: string, ...keys: readonly string[]) =>
    lanes.run(keys, async () => {
      begun.push(name);
      const end = Promise.withResolvers<void>();
      ends.set(name, end);
      await end.promise;
      return name;
    });
  return { lanes, begun, run, end: (name: string) => ends.get(name) };
}

const settled = () => new Promise(setImmediate);

it('Tasks that share a key run in the order in which they came, others at once', async () => {
  const { begun, run, end } = tasks();
  const first = run('first', 'a', 'b');
  const second = run('second', 'b', 'c');
  const third = run('third', 'c');
  void run('elsewhere', 'd');
  expect(begun).toEqual(['first', 'elsewhere']);
  end('first')?.resolve();
  expect(await first).toBe('first');
  await settled();
  const fourth = run('fourth', 'b');
  expect(begun).toEqual(['first', 'elsewhere', 'second']);
  end('second')?.resolve();
  expect(await second).toBe('second');
  await settled();
  expect(begun).toEqual(['first', 'elsewhere', 'second', 'third', 'fourth']);
  for (const name of ['third', 'fourth']) end(name)?.resolve();
  expect(await Promise.all([third, fourth])).toEqual(['third', 'fourth']);
});

it('A task that fails fails alone', async () => {
  const { begun, run, end } = tasks();
  const first = run('first', 'a');
  void run('second', 'a');
  end('first')?.reject(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  await settled();
  expect(begun).toEqual(['first', 'second']);
});

it('A key stays taken, however many tasks come and go beside it', async () => {
  const { lanes, begun, run, end } = tasks();
  void run('long', 'a');
  for (let passing = 0; passing < 2_500; passing++)
    await lanes.run([`b-${passing}`], () => Promise.resolve());
  void run('next', 'a');
  await settled();
  expect(begun).toEqual(['long']);
  end('long')?.resolve();
  await settled();
  expect(begun).toEqual(['long', 'next']);
});
