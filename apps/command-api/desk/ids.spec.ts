import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5, validate, version } from 'uuid';
import { commandIdOf, derivedId, namespaceOf, numberedIds } from './ids.js';

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

describe('A numbered id', () => {
  it('is a UUID, another for each number in each list', () => {
    const lists = fc.uniqueArray(fc.uuid({ version: 5 }), { minLength: 2, maxLength: 2 });
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });
    fc.assert(
      fc.property(lists, numbers, (both, of) => {
        const ids = both.flatMap((list) => of.map(numberedIds(list)));
        expect(ids.every((id) => validate(id) && version(id) === 5)).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
