import { expect, it } from '@jest/globals';
import { Zones } from './zones.js';

const zones = Zones.parse(
  JSON.stringify({
    default: 'Europe/Berlin',
    branches: { london: 'Europe/London', kolkata: 'Asia/Kolkata', toronto: 'America/Toronto' },
  }),
);

const WINTER = Date.parse('2011-01-31T23:30:00.005Z');
const SUMMER = Date.parse('2011-07-31T23:30:00.005Z');

it.each([
  ['london', '2011-01-31T23:30:00.005+00:00', '2011-08-01T00:30:00.005+01:00'],
  ['kolkata', '2011-02-01T05:00:00.005+05:30', '2011-08-01T05:00:00.005+05:30'],
  ['toronto', '2011-01-31T18:30:00.005-05:00', '2011-07-31T19:30:00.005-04:00'],
  ['paris', '2011-02-01T00:30:00.005+01:00', '2011-08-01T01:30:00.005+02:00'],
  [undefined, '2011-02-01T00:30:00.005+01:00', '2011-08-01T01:30:00.005+02:00'],
])('writes an instant as it is in the zone of %s, in winter and in summer', (branch, winter, summer) => {
  expect(zones.at(WINTER, branch)).toBe(winter);
  expect(zones.at(SUMMER, branch)).toBe(summer);
});

it.each([
  ['the default', { default: 'Europe/Nowhere' }],
  ['a branch', { default: 'Europe/Berlin', branches: { london: 'London' } }],
])('refuses %s whose zone is no time zone', (_, content) => {
  expect(() => Zones.parse(JSON.stringify(content))).toThrow(/no time zone/);
});
