import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeEvent } from './codec.js';
import { eventDefinitions, type EventType } from './events/index.js';
import { UnreadableEvent } from './unreadable-event.js';
import { upcast } from './upcasters.js';
import { compile } from './validator.js';

/*
 * golden/ holds what was ever written: an example `{Type}.v{n}.json` and the stored shape `{Type}.v{n}.schema.json` of every event in
 * every version. Files of versions that a log may hold are never changed. A new version gets new files and an upcaster.
 */
const golden = (file: string) => new URL(`golden/${file}`, import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(golden(file), 'utf8'));

interface Example {
  readonly type: EventType;
  readonly data: unknown;
  readonly metadata: { readonly schema: number };
}

const decode = ({ type, data, metadata }: Example) =>
  decodeEvent({
    type,
    data: JSON.stringify(data),
    metadata: JSON.stringify(metadata),
    eventId: '6f9619ff-8b86-4d01-b42d-000000000999',
    stream: 'order-1',
    revision: 0,
    position: 1n,
    recordedAt: 0,
  });

const definitions = Object.values(eventDefinitions);
const versions = definitions.flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, index) => ({ type, version: index + 1 })),
);

describe('Every event ever written', () => {
  const examples = readdirSync(golden('')).filter((file) => /^\w+\.v\d+\.json$/.test(file));

  test('has an example of each version', () => {
    expect(examples.toSorted()).toEqual(
      versions.map(({ type, version }) => `${type}.v${version}.json`).toSorted(),
    );
  });

  test.each(examples)('can be read: %s', (file) => {
    const example = read(file) as Example;
    expect(file).toBe(`${example.type}.v${example.metadata.schema}.json`);
    const event = decode(example);
    expect(event.type).toBe(example.type);
    expect(compile(eventDefinitions[example.type].schema)(event.data)).toBeUndefined();
  });
});

describe('The stored shape of an event', () => {
  test.each(definitions.map(({ type, version, schema }) => [`${type}.v${version}`, schema] as const))(
    'does not change without a new version: %s',
    (name, schema) => {
      const file = `${name}.schema.json`;
      const shape = withoutAnnotations(schema);
      if (!existsSync(golden(file))) {
        writeFileSync(golden(file), `${JSON.stringify(shape, null, 2)}\n`);
        throw new Error(`${file} was missing and has been written: look at it, and commit it with the event`);
      }
      expect(shape).toEqual(read(file));
    },
  );

  /** As plain JSON, without what only explains. Marks of personal fields are part of the shape. */
  function withoutAnnotations(schema: unknown): unknown {
    return JSON.parse(
      JSON.stringify(schema, (key, value: unknown) => (key === 'examples' ? undefined : value)),
    ) as unknown;
  }
});

describe('An older version', () => {
  const madeUp = { type: 'KettleBoiled', version: 3 };
  const steps = {
    KettleBoiled: {
      1: (data: unknown) => ({ celsius: data }),
      2: (data: unknown) => ({ ...(data as object), whistled: false }),
    },
  };

  test('is brought to the present one step by step', () => {
    expect(upcast(96, 1, madeUp, steps)).toEqual({ celsius: 96, whistled: false });
    expect(upcast({ celsius: 96 }, 2, madeUp, steps)).toEqual({ celsius: 96, whistled: false });
    expect(upcast({ celsius: 96, whistled: true }, 3, madeUp, steps)).toEqual({
      celsius: 96,
      whistled: true,
    });
  });

  test('is unreadable where a step is missing, or the version is yet to come', () => {
    expect(() => upcast(96, 1, madeUp, {})).toThrow(UnreadableEvent);
    expect(() => upcast(96, 4, madeUp, steps)).toThrow(UnreadableEvent);
    const example = read('OrderPlaced.v1.json') as Example;
    expect(() => decode({ ...example, metadata: { ...example.metadata, schema: 99 } })).toThrow(
      UnreadableEvent,
    );
  });
});
