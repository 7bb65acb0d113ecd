import { jsonArray, jsonbArray, textArray } from '#kontor/postgres';
import type { Column } from '../table.js';
import { isJson, type Value } from '../values.js';

/** A value as PostgreSQL reads it from text. */
export const textOf = (type: Column['type'], value: Exclude<Value, null>): string =>
  isJson(type) ? JSON.stringify(value) : String(value);

/** A column's values as a PostgreSQL array: one parameter, cheaper than an array of parameters. Binary where a text would need quotes. */
export function arrayOf(type: Column['type'], values: readonly Value[]): string | Buffer {
  const binary = binaryArrays[type];
  if (binary) return binary(values.map((value) => (value === null ? null : textOf(type, value))));
  return `{${values.map((value) => (value === null ? 'NULL' : String(value))).join(',')}}`;
}

const binaryArrays: Partial<Record<Column['type'], (values: readonly (string | null)[]) => Buffer>> = {
  text: textArray,
  json: jsonArray,
  jsonb: jsonbArray,
};

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value as a field of COPY's text format. */
export function copyField(type: Column['type'], value: Value): string {
  if (value === null) return '\\N';
  const text = textOf(type, value);
  return (type === 'text' || isJson(type)) && /[\\\n\r\t]/.test(text)
    ? text.replaceAll(/[\\\n\r\t]/g, (character) => copyEscapes[character] ?? character)
    : text;
}
