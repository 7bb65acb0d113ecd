import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { parameterOf, type PreparedStatement, runAsOne } from '#kontor/postgres';
import type { Position } from '#kontor/event-store';
import type { MemoryTables } from '../engine/memory-tables.js';
import type { Queryable } from '../engine/postgres/checkpoints.js';
import { statementName } from '../engine/postgres/statement-name.js';
import type { Table } from '../engine/table.js';
import type { Positions } from './arrivals.js';
import type { Snapshot } from './question.js';

const begin: PreparedStatement = {
  name: 'begin',
  text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  values: [],
};
const readPositions: PreparedStatement = {
  name: 'read positions',
  text: `
    SELECT projection, position, EXISTS (
      SELECT FROM read_models.parked_events parked WHERE parked.projection = checkpoints.projection) AS "isLacking"
    FROM read_models.checkpoints`,
  values: [],
};
const commit: PreparedStatement = { name: 'commit', text: 'COMMIT', values: [] };

interface PositionRow {
  readonly projection: string;
  readonly position: string;
  readonly isLacking: boolean;
}
const positionsIn = (rows: readonly PositionRow[]): Positions =>
  new Map(rows.map(({ projection, position }) => [projection, BigInt(position)]));

/** What a snapshot has seen of the log. */
export interface Seen {
  readonly positions: Positions;
  /** Projections that have parked events: their rows lack them, and all that come after them in their streams. */
  readonly lacking: ReadonlySet<string>;
}

/** What the rows of a snapshot, and those that come after them, have seen together. */
export interface GoneOn {
  readonly position: Position;
  readonly rows?: MemoryTables;
}

/** Goes on from what a snapshot has seen. */
export type GoOn = (seen: Seen) => Promise<GoneOn>;

interface Asked {
  readonly statement: PreparedStatement;
  readonly resolve: (rows: object[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Gathers what a question asks before it waits; later it may ask nothing more. */
class Questioning implements Snapshot {
  readonly asked: Asked[] = [];
  isOver = false;
  readonly goneOn = Promise.withResolvers<GoneOn>();

  rows<Row extends object>({ text, values }: Sql): Promise<readonly Row[]> {
    if (this.isOver) throw new Error('a question asks all that it asks before it waits for anything');
    const { promise, resolve, reject } = Promise.withResolvers<readonly Row[]>();
    // Where the question itself fails, nobody waits for what it has asked.
    promise.catch(() => {});
    const statement = { name: statementName(text), text, values: values.map(parameterOf) };
    this.asked.push({ statement, resolve: (rows) => resolve(rows as Row[]), reject });
    return promise;
  }

  async later<Row extends object>(table: Table<Row>): Promise<readonly Row[]> {
    return (await this.goneOn.promise).rows?.rows(table) ?? [];
  }
}

/** How far each projection has come by now. */
export async function positionsNow(database: Queryable): Promise<Positions> {
  return positionsIn((await database.query<PositionRow>(readPositions)).rows);
}

/**
 * Answers from one state of the read models, in one transaction and one packet. Its first statement fixes what is seen: the positions read by
 * it are those of all rows. The answer may still wait for what comes after them; the connection is at rest by then.
 */
export async function fromOneState<Answer>(
  client: pg.ClientBase,
  ask: (snapshot: Snapshot) => Promise<Answer>,
  goOn: GoOn,
): Promise<{ readonly answer: Promise<Answer>; readonly goneOn: Promise<GoneOn> }> {
  const questioning = new Questioning();
  const answer = ask(questioning);
  questioning.isOver = true;
  const { promise: goneOn, resolve } = questioning.goneOn;
  // Either may fail before it is waited for.
  for (const failing of [answer, goneOn]) failing.catch(() => {});
  resolve(goOn(await send(client, questioning.asked)));
  return { answer, goneOn };
}

async function send(client: pg.ClientBase, asked: readonly Asked[]): Promise<Seen> {
  const statements = asked.map(({ statement }) => statement);
  try {
    const [, checkpoints, ...results] = await runAsOne(client, [begin, readPositions, ...statements, commit]);
    for (const [index, { resolve }] of asked.entries()) resolve(results[index] ?? []);
    const rows = (checkpoints ?? []) as PositionRow[];
    const lacking = new Set(rows.filter(({ isLacking }) => isLacking).map(({ projection }) => projection));
    return { positions: positionsIn(rows), lacking };
  } catch (error) {
    for (const { reject } of asked) reject(error);
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
