import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { commandIdOf, derivedId, namespaceOf } from './ids.js';

describe('A derived id', () => {
  it('is a UUID v5 as others make it', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (namespace, name) => {
        expect(derivedId(namespaceOf(namespace), name)).toBe(v5(name, namespace));
      }),
    );
  });

  it('tells the same key of two senders apart, wherever the one ends and the other begins', () => {
    expect(commandIdOf('anna', 'key')).not.toBe(commandIdOf('annak', 'ey'));
  });

  it('of a command never changes: keys that were used must be found', () => {
    expect(commandIdOf('anna', 'order-536365')).toBe('50a6175a-c253-576c-9b34-617007dcecf3');
  });
});
