import pg from 'pg';
import { serialize } from 'pg-protocol';
import { Client } from './client.js';

/** A statement that each connection prepares once, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** As PostgreSQL reads it: from text, or in binary. */
export type Parameter = string | Buffer | null;

export interface PreparedStatement extends Statement {
  readonly values: Parameter[];
}

/** A row as the server sent it: each column's text, or null. */
export type TextRow = readonly (string | null)[];

/** Makes an object of a row: its values by their columns' names, read as the client is set up to. */
type ReadRow = (texts: TextRow) => object;

type Callback<Row> = (error: Error | null, results: readonly Row[][]) => void;

interface RowDescription {
  readonly fields: readonly pg.FieldDef[];
}
interface DataRow {
  readonly fields: TextRow;
}

/** pg's query, as far as a batch differs from it. */
interface SentQuery {
  readonly callback: Callback<unknown>;
  submit(connection: pg.Connection): void;
  handleRowDescription(message: RowDescription): void;
  handleDataRow(message: DataRow): void;
  handleCommandComplete(message: object, connection: pg.Connection): void;
  handleError(error: Error, connection: pg.Connection): void;
  handleReadyForQuery(): void;
}
const Query = pg.Query as unknown as new (text: string, callback: Callback<unknown>) => SentQuery;

/** Where pg's connection sends what a statement consists of, and what it knows to be prepared. */
interface Sending {
  readonly stream: pg.Connection['stream'];
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  close(statement: { readonly type: 'S'; readonly name: string }): void;
}
const sendingOf = (connection: pg.Connection): Sending => connection as unknown as Sending;

/** By connection and statement. The server describes a result once: while its statement is prepared, it can't change. */
const readers = new WeakMap<pg.Connection, Map<string, ReadRow>>();

function readersOf(connection: pg.Connection): Map<string, ReadRow> {
  let known = readers.get(connection);
  if (!known) readers.set(connection, (known = new Map()));
  return known;
}

/** Statements as one query of pg. A row is made as it comes: the texts of all would outlive V8's young generation. */
class Batch<Row> extends Query {
  readonly #preparing: string[] = [];
  /** By statement, as they were known when it was sent: another batch may prepare it anew meanwhile. */
  readonly #reads: (ReadRow | undefined)[] = [];
  readonly #results: Row[][] = [];
  #rows: Row[] = [];

  constructor(
    private readonly client: pg.ClientBase,
    readonly statements: readonly PreparedStatement[],
    private readonly rowOf: (texts: TextRow, read: ReadRow) => Row,
    callback: Callback<Row>,
  ) {
    super('a batch', callback as Callback<unknown>);
  }

  override submit(connection: pg.Connection): void {
    const sending = sendingOf(connection);
    const known = readersOf(connection);
    const messages: Buffer[] = [];
    for (const { name, text, values } of this.statements) {
      if (!(name in sending.parsedStatements || name in sending.submittedNamedStatements)) {
        messages.push(serialize.parse({ name, text }));
        sending.submittedNamedStatements[name] = text;
        this.#preparing.push(name);
        known.delete(name);
      }
      const read = known.get(name);
      this.#reads.push(read);
      messages.push(serialize.bind({ statement: name, values }));
      if (!read) messages.push(serialize.describe({ type: 'P' }));
      messages.push(serialize.execute({}));
    }
    messages.push(serialize.sync());
    // To write them one by one, even corked, takes longer than to copy them.
    if (sending.stream.writable) sending.stream.write(Buffer.concat(messages));
  }

  override handleRowDescription({ fields }: RowDescription): void {
    this.#reads[this.#results.length] = compileReader(fields, this.client);
  }

  override handleDataRow({ fields }: DataRow): void {
    this.#rows.push(this.rowOf(fields, this.#reads[this.#results.length] ?? noColumns));
  }

  override handleCommandComplete(_message: object, connection: pg.Connection): void {
    const index = this.#results.length;
    const name = this.statements[index]?.name ?? '';
    readersOf(connection).set(name, this.#reads[index] ?? noColumns);
    this.#results.push(this.#rows);
    this.#rows = [];
  }

  override handleReadyForQuery(): void {
    this.callback(null, this.#results);
  }

  override handleError(error: Error, connection: pg.Connection): void {
    // Some may have been prepared before it, and some not.
    const sending = sendingOf(connection);
    for (const name of this.#preparing) {
      sending.close({ type: 'S', name });
      delete sending.submittedNamedStatements[name];
    }
    super.handleError(error, connection);
  }
}

/** Of a statement that brings no rows: then nothing describes them. */
const noColumns: ReadRow = () => ({});

/** An object literal, compiled: to set fields by their names takes V8 ten times as long. */
function compileReader(fields: RowDescription['fields'], client: pg.ClientBase): ReadRow {
  const parsers = fields.map(({ dataTypeID }) => client.getTypeParser(dataTypeID, 'text'));
  const names = fields.map((_, index) => `parse${index}`).join();
  const entries = fields.map(
    ({ name }, index) =>
      `${JSON.stringify(name)}: row[${index}] === null ? null : parse${index}(row[${index}])`,
  );
  // oxlint-disable-next-line typescript/no-implied-eval -- nothing foreign is in it but the columns' names, quoted
  return new Function(names, `return (row) => ({ ${entries.join()} });`)(...parsers) as ReadRow;
}

const run = <Row>(
  client: pg.ClientBase,
  statements: readonly PreparedStatement[],
  rowOf: (texts: TextRow, read: ReadRow) => Row,
): Promise<readonly Row[][]> =>
  new Promise((resolve, reject) => {
    const late = client instanceof Client ? client.watch() : undefined;
    const batch = new Batch(client, statements, rowOf, (error, results) => {
      clearTimeout(late);
      if (error) reject(error);
      else resolve(results);
    });
    client.query(batch as unknown as pg.Query);
  });

/**
 * Runs statements, at least one, as one transaction, unless one is under way; sent at once and answered at once: with a query for each
 * the server would write, and its client wake, for each. After an error nothing of it is done. Answers the rows of each.
 */
export const runAsOne = (
  client: pg.ClientBase,
  statements: readonly PreparedStatement[],
): Promise<readonly object[][]> => run(client, statements, (texts, read) => read(texts));

/** Runs a statement and answers its rows as they were sent. */
export async function textsOf(
  client: pg.ClientBase,
  statement: PreparedStatement,
): Promise<readonly TextRow[]> {
  const [rows = []] = await run(client, [statement], (texts) => texts);
  return rows;
}

/** Of what PostgreSQL reads from the text that JavaScript writes. */
export function parameterOf(value: unknown): Parameter {
  if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  throw new TypeError(`a ${typeof value} is no parameter of a statement`);
}
