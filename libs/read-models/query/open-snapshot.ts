import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { type PreparedStatement, runAsOne } from '#kontor/postgres';
import { statementName } from '../engine/postgres/statement-name.js';
import type { Positions } from './arrivals.js';

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

interface Asked {
  readonly statement: PreparedStatement;
  readonly resolve: (rows: object[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A transaction that sees one state of the read models. Its first statement fixes what is seen: the positions read by it are those of all
 * rows read later. What is asked in one turn goes out together, with the beginning. Whoever opens it ends the transaction.
 */
export class OpenSnapshot {
  /** How far each projection has come. */
  readonly positions: Promise<Positions>;
  #asked: Asked[] = [];

  constructor(private readonly client: pg.ClientBase) {
    // Where it fails, all that is asked with it does.
    this.#ask(begin).catch(() => {});
    this.positions = this.#ask<{ projection: string; position: string }>(readPositions).then(
      (rows) => new Map(rows.map(({ projection, position }) => [projection, BigInt(position)])),
    );
  }

  rows<Row extends object>({ text, values }: Sql): Promise<readonly Row[]> {
    return this.#ask<Row>({ name: statementName(text), text, values: values.map(parameterOf) });
  }

  #ask<Row extends object>(statement: PreparedStatement): Promise<Row[]> {
    if (this.#asked.length === 0) queueMicrotask(() => void this.#send());
    return new Promise((resolve, reject) => {
      this.#asked.push({ statement, resolve: resolve as Asked['resolve'], reject });
    });
  }

  async #send(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    try {
      const results = await runAsOne(
        this.client,
        asked.map(({ statement }) => statement),
      );
      for (const [index, { resolve }] of asked.entries()) resolve(results[index]?.rows ?? []);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}

/** As PostgreSQL reads it from text. */
function parameterOf(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  throw new TypeError(`a ${typeof value} is no parameter of a query`);
}
