import type { TSchema } from '@sinclair/typebox';
import { describe, expect, test } from '@jest/globals';
import { eventDefinitions } from './events/index.js';

/** What might tell who somebody is, by its name. */
const TELLTALE = /^(name|contact|person|email|phone|address|street|postalCode|city|country|taxId)$/;

interface Field {
  readonly path: string;
  readonly name: string;
  /** Its own mark, or that of what it stands in. */
  readonly mark?: string;
}

function fieldsOf(schema: TSchema, path: string, inherited?: string): readonly Field[] {
  const inner = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])] as TSchema[];
  const own = Object.entries<TSchema>(schema.properties ?? {}).flatMap(([name, property]) => {
    const mark: string | undefined = property['x-personal'] ?? inherited;
    const here = { path: `${path}.${name}`, name, ...(mark !== undefined && { mark }) };
    return [here, ...fieldsOf(property, here.path, mark)];
  });
  return [...own, ...inner.flatMap((item) => fieldsOf(item, path, inherited))];
}

const fields = Object.values(eventDefinitions).flatMap(({ type, schema }) => fieldsOf(schema, type));

describe('Fields that identify a natural person', () => {
  test('are marked in the schema', () => {
    const outermost = fields.filter(({ path, mark }) => mark && path.split('.').length === 2);
    expect(outermost.map(({ path, mark }) => `${path} ${mark}`)).toEqual([
      'CustomerRegistered.name if-natural-person',
      'CustomerRegistered.contact always',
      'CustomerRegistered.address if-natural-person',
      'CustomerRegistered.taxId if-natural-person',
      'CustomerDetailsCorrected.name if-natural-person',
      'CustomerDetailsCorrected.contact always',
      'CustomerDetailsCorrected.address if-natural-person',
      'CustomerDetailsCorrected.taxId if-natural-person',
    ]);
  });

  test('stand nowhere unmarked', () => {
    expect(fields.filter(({ name, mark }) => TELLTALE.test(name) && !mark)).toEqual([]);
  });

  test('stand on no refusal', () => {
    expect(fields.filter(({ path, mark }) => path.startsWith('CommandRefused.') && mark)).toEqual([]);
  });
});
