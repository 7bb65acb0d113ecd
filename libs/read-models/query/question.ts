import sql, { join, type Sql } from 'sql-template-tag';
import type { Projection } from '../engine/projection.js';

/** The read models as they stood at one moment. */
export interface Snapshot {
  /**
   * Prepared once per text: values can only be parameters. A question asks all that it asks before it waits for anything: that goes to
   * the server as one transaction in one packet, and fails together. Bigints come as text, days as `YYYY-MM-DD`, instants as in answers.
   */
  rows<Row extends object>(query: Sql): Promise<readonly Row[]>;
}

/** The position that all of these projections have seen: of those further on, later rows may be there too. */
export const seenByAll = (projections: readonly Projection[]): Sql => sql`(
  SELECT CASE count(*) WHEN ${projections.length} THEN min(position) ELSE 0 END FROM read_models.checkpoints
  WHERE projection IN (${join(projections.map(({ name }) => name))}))`;

/** Something that the read models can be asked. */
export interface Question<Asked, Answer> {
  /** What the answer is read from, and whose position it has. */
  readonly reads: readonly Projection[];
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
