import { describe, expect, it } from '@jest/globals';
import { zoneOffsets } from './local-time.js';

describe('the offset of a local time', () => {
  const offsetAt = zoneOffsets('Europe/London');

  it('is that of winter and of summer', () => {
    expect(offsetAt('2010-12-01T08:26:00')).toBe('+00:00');
    expect(offsetAt('2011-07-01T08:26:00')).toBe('+01:00');
  });

  it('changes with the hour in which the clocks change', () => {
    expect(offsetAt('2011-03-27T00:59:00')).toBe('+00:00');
    expect(offsetAt('2011-03-27T02:00:00')).toBe('+01:00');
    expect(offsetAt('2011-10-30T00:59:00')).toBe('+01:00');
    expect(offsetAt('2011-10-30T02:00:00')).toBe('+00:00');
  });

  it('may be negative', () => {
    expect(zoneOffsets('America/St_Johns')('2011-01-01T12:00:00')).toBe('-03:30');
  });
});
