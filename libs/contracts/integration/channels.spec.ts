import { expect, test } from '@jest/globals';
import { eventDefinitions } from '../events/index.js';
import { categoryOf, eventsByCategory } from './channels.js';

test('every event is published in exactly one topic', () => {
  expect(Object.values(eventsByCategory).flat().sort()).toEqual(Object.keys(eventDefinitions).sort());
});

test('a stream’s category is what stands before its id', () => {
  const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
  expect(categoryOf(`credit-note-${id}`)).toBe('credit-note');
  expect(() => categoryOf(`parcel-${id}`)).toThrow('no topic is known for stream parcel-');
});
