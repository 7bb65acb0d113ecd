import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { interruption } from './interruption.js';

describe('an interruption', () => {
  const listeners = () => process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is one, though the terminal and npm both tell of it', () => {
    const before = listeners();
    const signal = interruption();
    process.emit('SIGTERM');
    expect(signal.aborted).toBe(true);
    jest.advanceTimersByTime(500);
    // With no listener the next one would end the process.
    expect(listeners()).toBe(before + 2);
    process.emit('SIGTERM');
    expect(listeners()).toBe(before + 2);
    jest.advanceTimersByTime(500);
    expect(listeners()).toBe(before);
  });
});
