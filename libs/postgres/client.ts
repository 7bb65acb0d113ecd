import pg from 'pg';

type Callback = (error: Error | null, result: pg.QueryResult) => void;

/**
 * pg's client, but for how it waits for answers: by callbacks. For a promise or a time-out pg itself would keep, until the next full
 * garbage collection, all that each query carried and brought, and so bring on the next one (ADR 18).
 */
export class Client extends pg.Client {
  readonly #patienceMs: number | undefined;

  /** @param config `query_timeout` is ours: who waits so many milliseconds in vain loses the connection */
  constructor({ query_timeout: patienceMs, ...config }: pg.ClientConfig = {}) {
    super(config);
    this.#patienceMs = patienceMs;
    const query: (config: unknown, values: unknown, callback?: Callback) => unknown = this.query.bind(this);
    const ask = (asked: unknown, values: unknown): Promise<pg.QueryResult> =>
      new Promise((resolve, reject) => {
        const late = this.watch();
        query(asked, values, (error, result) => {
          clearTimeout(late);
          if (error) reject(error);
          else resolve(result);
        });
      });
    const isSubmittable = (asked: unknown) =>
      typeof asked === 'object' && asked !== null && 'submit' in asked;
    this.query = ((asked: unknown, values: unknown, callback?: Callback) =>
      callback || typeof values === 'function' || isSubmittable(asked)
        ? query(asked, values, callback)
        : ask(asked, values)) as pg.Client['query'];
  }

  /** Of somebody who waits for an answer from now on; to be cleared when it has come. */
  watch(): NodeJS.Timeout | undefined {
    const patienceMs = this.#patienceMs;
    if (patienceMs === undefined) return undefined;
    return setTimeout(() => this.hangUp(`the server did not answer in ${patienceMs} ms`), patienceMs);
  }

  /** Gives the connection up without a word: a silent server would not answer a good-bye. What waits for answers is told why. */
  hangUp(reason = 'the connection was given up'): void {
    this.connection.stream.destroy(new Error(reason));
  }
}
