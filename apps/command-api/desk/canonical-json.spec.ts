import { expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

/** Field names as ours are: no integers, which JavaScript would put first. */
const name = fc.stringMatching(/^[a-zA-Z_-][a-zA-Z0-9äß_-]*$/);
const request = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(name, tie('value')),
  ),
})).value;

it('Canonical JSON of a checked request is that of RFC 8785', () => {
  fc.assert(fc.property(request, (value) => expect(canonicalJson(value)).toBe(canonicalize(value))));
});
