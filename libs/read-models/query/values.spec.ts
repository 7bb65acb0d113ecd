import { describe, expect, it } from '@jest/globals';
import { instantFrom, zonedInstant } from './values.js';

describe("An instant of PostgreSQL's", () => {
  it.each([
    ['2011-11-30 14:05:00.123+00', '2011-11-30T14:05:00.123Z'],
    ['2011-11-30 14:05:00.1+00', '2011-11-30T14:05:00.100Z'],
    ['2011-11-30 14:05:00+00', '2011-11-30T14:05:00.000Z'],
    // Of a session in another zone.
    ['2011-11-30 15:05:00.12+01', '2011-11-30T14:05:00.120Z'],
    ['2011-12-01 00:35:00+10:30', '2011-11-30T14:05:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantFrom(text)).toBe(instant);
  });
});

describe('An instant with the offset that it was recorded with', () => {
  it.each([
    [0, '2012-02-28T23:05:09.123+00:00'],
    [-330, '2012-02-28T17:35:09.123-05:30'],
    [54, '2012-02-28T23:59:09.123+00:54'],
    [55, '2012-02-29T00:00:09.123+00:55'],
    [840, '2012-02-29T13:05:09.123+14:00'],
    [-1385, '2012-02-28T00:00:09.123-23:05'],
    [-1386, '2012-02-27T23:59:09.123-23:06'],
  ])('%i minutes from UTC is %s', (offset, zoned) => {
    expect(zonedInstant('2012-02-28T23:05:09.123Z', offset)).toBe(zoned);
  });
});
