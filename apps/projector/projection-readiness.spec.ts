import { describe, expect, it } from '@jest/globals';
import type { RunnerStatus } from '#kontor/read-models';
import { projectionReadiness } from './projection-readiness.js';

const upToDate: RunnerStatus = {
  projection: 'orders',
  version: 1,
  state: 'running',
  position: 10n,
  lag: 0n,
  parked: 0,
  progressedAt: Date.now(),
};
const isReady = async (changes: Partial<RunnerStatus>): Promise<boolean> => {
  const { ready } = await projectionReadiness(() => [upToDate, { ...upToDate, ...changes }]).check();
  return ready;
};

describe('A projector', () => {
  it('is ready while each projection keeps up or moves on', async () => {
    expect(await isReady({ lag: 5_000n })).toBe(true);
    expect(await isReady({ state: 'rebuilding', lag: 5_000n })).toBe(true);
  });
  it('is ready where another process holds the lock: it stands by', async () => {
    expect(await isReady({ state: 'waiting-for-lock', progressedAt: 0 })).toBe(true);
  });
  it('is not ready while a projection is alive but does not advance', async () => {
    expect(await isReady({ lag: 1n, progressedAt: Date.now() - 31_000 })).toBe(false);
  });
  it('is not ready while a projection backs off', async () => {
    expect(await isReady({ state: 'backing-off', error: 'no database' })).toBe(false);
  });
});
