import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Fields, compile } from '#kontor/contracts';
import sql, { empty, join, type Sql } from 'sql-template-tag';

/** Which part of a list is wanted. */
export interface PageAsked {
  readonly limit: number;
  /** As given by the page before. */
  readonly cursor?: string | undefined;
}

/** A cursor that this list did not give. */
export class CursorInvalid extends Error {
  override readonly name = 'CursorInvalid';
}

/** Where a list goes on: the sort key of its last row, as opaque text. */
export class Cursor<Key extends TSchema> {
  readonly #fault: (value: unknown) => string | undefined;

  constructor(key: Key) {
    this.#fault = compile(key);
  }

  encode(key: Static<Key>): string {
    return Buffer.from(JSON.stringify(key)).toString('base64url');
  }

  decode(cursor: string): Static<Key> {
    const key = parsed(Buffer.from(cursor, 'base64url').toString());
    if (this.#fault(key)) throw new CursorInvalid('the cursor is not of this list');
    return key;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Decimal text of a position, within what the database takes. */
export const PositionText = Type.String({ pattern: '^(0|[1-9][0-9]{0,17})$', examples: ['1042'] });

/** Positions as the cursor of lists that go along the log. */
export const positionCursor = new Cursor(PositionText);

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Makes a page of rows, of which one more than asked for was read. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  toCursor: (last: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? toCursor(last) : null };
}

/** A page whose items are JSON texts already, as JSON text. */
export const pageText = ({ items, next }: Page<string>): string =>
  `{"items":[${items.join(',')}],"next":${JSON.stringify(next)}}`;

/** The answer's schema for a list of such items. */
export const PageOf = <Item extends TSchema>(item: Item) =>
  Fields({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'Cursor of the next page; null on the last',
    }),
  });

/** `WHERE` of all the conditions that are there. */
export function where(...conditions: readonly (Sql | undefined)[]): Sql {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? empty : sql`WHERE ${join(present, ' AND ')}`;
}

/** The condition that a parameter asks for, if it was given. */
export const given = <Parameter>(
  parameter: Parameter | undefined,
  condition: (parameter: Parameter) => Sql,
): Sql | undefined => (parameter === undefined ? undefined : condition(parameter));
