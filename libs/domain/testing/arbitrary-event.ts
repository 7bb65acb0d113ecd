import type { TSchema } from '@sinclair/typebox';
import * as fc from 'fast-check';
import { eventDefinitions, type DomainEvent } from '#kontor/contracts';
import { lineId, uuid } from './values.js';

/** Few ids, so that events meet: the lines of an order, and parts that are named again. */
const ids = fc.constantFrom(lineId(0), lineId(1), uuid(10), uuid(11));

/** Any event of these types that its schema allows, sensible or not. */
export const arbitraryEvent = <Type extends DomainEvent['type']>(
  ...types: readonly Type[]
): fc.Arbitrary<Extract<DomainEvent, { type: Type }>> =>
  fc.oneof(
    ...types.map((type) =>
      // The schema is what makes the data of this type; the compiler can't follow it that far.
      valueOf(eventDefinitions[type].schema).map(
        (data) => ({ type, data }) as unknown as Extract<DomainEvent, { type: Type }>,
      ),
    ),
  );

/** Any value of a schema, for the keywords that the contracts use. */
function valueOf(schema: TSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(valueOf));
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(valueOf(schema.items), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'boolean':
      return fc.boolean();
    case 'integer': {
      const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
      return fc
        .oneof(fc.maxSafeInteger(), fc.integer({ min: -20, max: 20 }))
        .map((value) => clamp(value, minimum, maximum));
    }
    case 'string':
      return stringOf(schema);
    default:
      throw new Error(`no arbitrary for the schema ${JSON.stringify(schema)}`);
  }
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

function objectOf({ properties, required = [] }: TSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries<TSchema>(properties).map(([field, schema]) => [field, valueOf(schema)]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

function stringOf({ format, pattern, minLength = 0, maxLength = 20 }: TSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return ids;
  if (format === 'date') return fc.constantFrom('2011-11-30', '2012-02-29');
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, 20) });
}
