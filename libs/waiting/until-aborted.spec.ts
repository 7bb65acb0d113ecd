import { getEventListeners } from 'node:events';
import { expect, it } from '@jest/globals';
import { UntilAborted } from './until-aborted.js';

const NEVER = new Promise<string>(() => {});

it('Gives what is waited for', async () => {
  const untilAborted = new UntilAborted(new AbortController().signal);
  expect(await untilAborted.wait(Promise.resolve('there'))).toBe('there');
  await expect(untilAborted.wait(Promise.reject(new Error('failed')))).rejects.toThrow('failed');
});

it('Cuts short the wait that is under way, and each one after it', async () => {
  const stop = new AbortController();
  const untilAborted = new UntilAborted(stop.signal);
  await untilAborted.wait(Promise.resolve('there'));
  const waiting = untilAborted.wait(NEVER);
  stop.abort();
  expect(await waiting).toBeUndefined();
  expect(await untilAborted.wait(NEVER)).toBeUndefined();
});

it('Waits for nothing where the signal has aborted before', async () => {
  expect(await new UntilAborted(AbortSignal.abort()).wait(NEVER)).toBeUndefined();
});

it('Listens once, however many waits there are, and no more at the end', async () => {
  const { signal } = new AbortController();
  const untilAborted = new UntilAborted(signal);
  for (let waits = 0; waits < 3; waits++) await untilAborted.wait(Promise.resolve());
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  untilAborted.end();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
