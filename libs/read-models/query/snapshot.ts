import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { parameterOf, type PreparedStatement, runAsOne } from '#kontor/postgres';
import type { Queryable } from '../engine/postgres/checkpoints.js';
import { statementName } from '../engine/postgres/statement-name.js';
import type { Positions } from './arrivals.js';
import type { Snapshot } from './question.js';

const begin: PreparedStatement = {
  name: 'begin',
  text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  values: [],
};
const readPositions: PreparedStatement = {
  name: 'read positions',
  text: 'SELECT projection, position FROM read_models.checkpoints',
  values: [],
};
const commit: PreparedStatement = { name: 'commit', text: 'COMMIT', values: [] };

interface PositionRow {
  readonly projection: string;
  readonly position: string;
}
const positionsIn = (rows: readonly PositionRow[]): Positions =>
  new Map(rows.map(({ projection, position }) => [projection, BigInt(position)]));

interface Asked {
  readonly statement: PreparedStatement;
  readonly resolve: (rows: object[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Gathers what a question asks before it waits; later it may ask nothing more. */
class Questioning implements Snapshot {
  readonly asked: Asked[] = [];
  isOver = false;

  rows<Row extends object>({ text, values }: Sql): Promise<readonly Row[]> {
    if (this.isOver) throw new Error('a question asks all that it asks before it waits for anything');
    const { promise, resolve, reject } = Promise.withResolvers<readonly Row[]>();
    // Where the question itself fails, nobody waits for what it has asked.
    promise.catch(() => {});
    const statement = { name: statementName(text), text, values: values.map(parameterOf) };
    this.asked.push({ statement, resolve: (rows) => resolve(rows as Row[]), reject });
    return promise;
  }
}

/** How far each projection has come by now. */
export async function positionsNow(database: Queryable): Promise<Positions> {
  return positionsIn((await database.query<PositionRow>(readPositions)).rows);
}

/**
 * Answers from one state of the read models, in one transaction and one packet. Its first statement fixes what is seen: the positions read by
 * it are those of all rows.
 */
export async function fromOneState<Answer>(
  client: pg.ClientBase,
  answer: (snapshot: Snapshot) => Promise<Answer>,
): Promise<{ readonly positions: Positions; readonly answer: Answer }> {
  const questioning = new Questioning();
  const answering = answer(questioning);
  questioning.isOver = true;
  // It may fail before the server has answered, and is waited for after that: the connection must be at rest.
  answering.catch(() => {});
  const positions = await ask(client, questioning.asked);
  return { positions, answer: await answering };
}

async function ask(client: pg.ClientBase, asked: readonly Asked[]): Promise<Positions> {
  const statements = asked.map(({ statement }) => statement);
  try {
    const [, positions, ...results] = await runAsOne(client, [begin, readPositions, ...statements, commit]);
    for (const [index, { resolve }] of asked.entries()) resolve(results[index] ?? []);
    return positionsIn((positions ?? []) as PositionRow[]);
  } catch (error) {
    for (const { reject } of asked) reject(error);
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
