import type { Column } from '../table.js';
import type { Value } from '../values.js';

/** A value as PostgreSQL reads it from text. */
export const textOf = (type: Column['type'], value: Exclude<Value, null>): string =>
  type === 'jsonb' ? JSON.stringify(value) : String(value);

const mayNeedQuotes = (type: Column['type']): boolean => type === 'text' || type === 'jsonb';

/** A column's values as the text of a PostgreSQL array: one parameter, cheaper than an array of parameters. */
export function arrayText(type: Column['type'], values: Iterable<Value>): string {
  const quoted = mayNeedQuotes(type);
  let text = '';
  for (const value of values) {
    if (text) text += ',';
    if (value === null) text += 'NULL';
    else if (quoted) text += `"${textOf(type, value).replaceAll(/["\\]/g, '\\$&')}"`;
    else text += String(value);
  }
  return `{${text}}`;
}

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value as a field of COPY's text format. */
export function copyField(type: Column['type'], value: Value): string {
  if (value === null) return '\\N';
  const text = textOf(type, value);
  return mayNeedQuotes(type) && /[\\\n\r\t]/.test(text)
    ? text.replaceAll(/[\\\n\r\t]/g, (character) => copyEscapes[character] ?? character)
    : text;
}
