import pg from 'pg';

/** A statement that each connection prepares once, under its name, and its parameters: texts, or in binary. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: (string | Buffer | null)[];
}

type Callback = (error: Error | null, results: pg.QueryResult | pg.QueryResult[]) => void;

/** pg's query, as far as a batch differs from it. Of several statements it collects a result for each. */
interface SentQuery {
  submit(connection: pg.Connection): void;
  handleError(error: Error, connection: pg.Connection): void;
}
const Query = pg.Query as unknown as new (text: string, callback: Callback) => SentQuery;

/** How pg's connection sends what a statement consists of, and what it knows to be prepared. */
interface Sending {
  readonly stream: pg.Connection['stream'];
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(portal: { readonly statement: string; readonly values: PreparedStatement['values'] }): void;
  describe(portal: { readonly type: 'P' }): void;
  execute(portal: object): void;
  close(statement: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}
const sendingOf = (connection: pg.Connection): Sending => connection as unknown as Sending;

class Batch extends Query {
  private readonly preparing: string[] = [];

  constructor(
    readonly statements: readonly PreparedStatement[],
    callback: Callback,
  ) {
    super('a batch', callback);
  }

  override submit(connection: pg.Connection): void {
    const sending = sendingOf(connection);
    sending.stream.cork();
    for (const { name, text, values } of this.statements) {
      if (!(name in sending.parsedStatements || name in sending.submittedNamedStatements)) {
        sending.parse({ name, text });
        sending.submittedNamedStatements[name] = text;
        this.preparing.push(name);
      }
      sending.bind({ statement: name, values });
      sending.describe({ type: 'P' });
      sending.execute({});
    }
    sending.sync();
    sending.stream.uncork();
  }

  override handleError(error: Error, connection: pg.Connection): void {
    // Some may have been prepared before it, and some not.
    const sending = sendingOf(connection);
    for (const name of this.preparing) {
      sending.close({ type: 'S', name });
      delete sending.submittedNamedStatements[name];
    }
    super.handleError(error, connection);
  }
}

/**
 * Runs statements, at least one, as one transaction, unless one is under way; sent at once and answered at once: with a query for each
 * the server would write, and its client wake, for each. After an error nothing of it is done.
 */
export const runAsOne = (
  client: pg.ClientBase,
  statements: readonly PreparedStatement[],
): Promise<pg.QueryResult[]> =>
  new Promise((resolve, reject) => {
    const batch = new Batch(statements, (error, results) =>
      error ? reject(error) : resolve([results].flat()),
    );
    client.query(batch as unknown as pg.Query);
  });
