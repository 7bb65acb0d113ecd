import type { Change } from '#kontor/read-models';
import type { PongoDocument } from '../peers/emmett.js';

/** The document of the row that a change is about. */
export function idOf(change: Change): string {
  const given: Readonly<Record<string, unknown>> = change.op === 'insert' ? change.row : change.key;
  const key: readonly string[] = change.table.key;
  return key.map((property) => String(given[property])).join('/');
}

/** A document after a change. */
export function changed(document: PongoDocument | null, change: Change): PongoDocument | null {
  switch (change.op) {
    case 'insert':
      return plain(change.row);
    case 'delete':
      return null;
    case 'set':
      return { ...plain(change.key), ...document, ...plain(change.columns) };
    default:
      return { ...plain(change.key), ...document, ...combined(document, change.op, plain(change.columns)) };
  }
}

function combined(
  document: PongoDocument | null,
  operation: 'add' | 'min' | 'max',
  columns: PongoDocument,
): PongoDocument {
  const combine = { add: (one: number, other: number) => one + other, min: Math.min, max: Math.max }[
    operation
  ];
  return Object.fromEntries(
    Object.entries(columns).map(([property, value]) => {
      const present = document?.[property];
      return [property, present === undefined ? value : combine(Number(present), Number(value))];
    }),
  );
}

/** As JSON takes it. */
const plain = (columns: Readonly<Record<string, unknown>>): PongoDocument =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([property, value]) =>
      value === undefined ? [] : [[property, typeof value === 'bigint' ? Number(value) : value]],
    ),
  );
