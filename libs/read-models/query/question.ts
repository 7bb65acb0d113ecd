import sql, { join, type Sql } from 'sql-template-tag';
import type { Projection } from '../engine/projection.js';
import type { Table } from '../engine/table.js';

/** The read models as they stood at one moment. */
export interface Snapshot {
  /**
   * Prepared once per text: values can only be parameters. A question asks all that it asks before it waits for anything: that goes to
   * the server as one transaction in one packet, and fails together. Bigints come as text, days as `YYYY-MM-DD`, instants as in answers.
   */
  rows<Row extends object>(query: Sql): Promise<readonly Row[]>;
  /**
   * What comes after that moment: rows that the question's `later` makes of the log's last events; none where all that was asked for
   * has been seen. Rejects with `RowsNeeded`.
   */
  later<Row extends object>(table: Table<Row>): Promise<readonly Row[]>;
}

/** The position that all of these projections have seen: of those further on, later rows may be there too. */
export const seenByAll = (projections: readonly Projection[]): Sql => sql`(
  SELECT CASE count(*) WHEN ${projections.length} THEN min(position) ELSE 0 END FROM read_models.checkpoints
  WHERE projection IN (${join(projections.map(({ name }) => name))}))`;

/** How an answer goes on from rows to events that they have not seen yet, so that it need not wait for the projector. */
export interface Later<Asked> {
  /** Events that don't name this id change nothing in the answer. Undefined where only rows can answer. */
  readonly subject: (asked: Asked) => string | undefined;
  /** Makes rows of the events. It inserts only: no event changes a row that is there. */
  readonly projection: Projection;
  /** Types of events that change what else the answer is read from: they are waited for. */
  readonly waitsFor: ReadonlySet<string>;
}

/** Later events can't be added to the answer: it must be read from rows that have seen them. */
export class RowsNeeded extends Error {
  override readonly name = 'RowsNeeded';
}

/** Something that the read models can be asked. */
export interface Question<Asked, Answer> {
  /** What the answer is read from, and whose position it has. */
  readonly reads: readonly Projection[];
  /** Left out, the answer waits for the projector. */
  readonly later?: Later<Asked>;
  readonly answer: (snapshot: Snapshot, asked: Asked) => Promise<Answer>;
}

/** A single thing: found, not there, or there but not for the eyes of whoever asks. */
export type Found<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'outside' };

export const unknown = { kind: 'unknown' } as const;
export const outside = { kind: 'outside' } as const;
export const found = <Thing>(thing: Thing): Found<Thing> => ({ kind: 'found', thing });
