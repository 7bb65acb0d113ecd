import type { TSchema } from '@sinclair/typebox';

/** A value that the schema allows, made of the examples in it. */
export function exampleOf(schema: TSchema): unknown {
  const [example] = (schema['examples'] ?? schema['enum'] ?? []) as readonly unknown[];
  if (example !== undefined) return example;
  if ('const' in schema) return schema['const'];
  const [first] = (schema['anyOf'] ?? []) as readonly TSchema[];
  if (first) return exampleOf(first);
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Record<string, TSchema>).map(([name, property]) => [
          name,
          exampleOf(property),
        ]),
      );
    case 'array':
      return [exampleOf(schema['items'] as TSchema)];
    case 'boolean':
      return false;
    case 'integer':
      return 1525;
    default:
      return text(schema);
  }
}

const byPattern: readonly (readonly [RegExp, string])[] = [[/A-Z/, 'EUR']];

const text = (schema: TSchema): string =>
  byPattern.find(([pattern]) => pattern.test(String(schema['pattern'] ?? '')))?.[1] ?? 'london';
