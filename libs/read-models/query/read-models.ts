import { isNativeError } from 'node:util/types';
import pg from 'pg';
import type { EventLog } from '#kontor/event-store';
import { Client, Listener } from '#kontor/postgres';
import { NoTurn } from '#kontor/waiting';
import { CHANNEL, readAnnouncement } from '../engine/postgres/announcements.js';
import { readCheckpoints } from '../engine/postgres/checkpoints.js';
import type { Projection } from '../engine/projection.js';
import { Arrivals, lowest } from './arrivals.js';
import { LaterRows } from './later-rows.js';
import { LogTail } from './log-tail.js';
import { type Question, RowsNeeded } from './question.js';
import { Shares } from './shares.js';
import { fromOneState, type GoOn, positionsNow } from './snapshot.js';
import { instantFrom } from './values.js';

const PATIENCE_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** For a question's turn, and then for a connection, made or given back. */
const CONNECTION_DEADLINE_MS = 5_000;

/** The read models did not come as far as was asked in the time that a caller is kept waiting. */
export class NotFresh extends Error {
  override readonly name = 'NotFresh';
}

/** The database can't be reached, is going down, or has no room: the same question may be asked again. */
export class ReadModelsUnavailable extends Error {
  override readonly name = 'ReadModelsUnavailable';
}

/** An answer, and the position that the read models had seen. */
export interface Answered<Answer> {
  readonly position: bigint;
  readonly answer: Answer;
}

export interface ReadModelsOptions {
  readonly connections?: number;
  /** Answers that can go on to its last events do; without it they wait for the projector. */
  readonly log?: Pick<EventLog, 'readAll'>;
  /** How long a caller is kept waiting for a position. */
  readonly patienceMs?: number;
}

/** Days and instants stay text, as they are answered. */
const parsers = new Map<number, (text: string) => string>([
  [pg.types.builtins.DATE, (day) => day],
  [pg.types.builtins.TIMESTAMPTZ, instantFrom],
]);
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** The read models in PostgreSQL, to be asked. Each answer comes from one snapshot, with the position that belongs to it. */
export class ReadModels {
  readonly #pool: pg.Pool;
  /** Questions that take long leave connections to the others. */
  readonly #shares: Shares;
  readonly #arrivals: Arrivals;
  readonly #patienceMs: number;
  readonly #tail: LogTail | undefined;
  readonly #listener: Listener;
  readonly #closed = new AbortController();
  #listening: Promise<void> | undefined;

  /** Connections are made as they are needed. */
  constructor(url: string, { connections = 8, log, patienceMs = PATIENCE_MS }: ReadModelsOptions = {}) {
    const session = {
      connectionString: url,
      application_name: 'kontor-query',
      connectionTimeoutMillis: CONNECTION_DEADLINE_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
    };
    this.#pool = new pg.Pool({ ...session, Client, max: connections, pipeline: true, types });
    this.#patienceMs = patienceMs;
    this.#tail = log && new LogTail(log);
    this.#shares = new Shares(Math.ceil(connections / 2), CONNECTION_DEADLINE_MS);
    // A connection that breaks while nobody uses it is replaced when somebody does.
    this.#pool.on('error', () => {});
    this.#arrivals = new Arrivals(() => positionsNow(this.#pool));
    this.#listener = new Listener(session, CHANNEL, (payload) =>
      this.#arrivals.tell(readAnnouncement(payload)),
    );
  }

  /** Throws `NotFresh` where the projections that are read don't reach `atLeast` in time, and `ReadModelsUnavailable`. */
  async ask<Asked, Answer>(
    question: Question<Asked, Answer>,
    asked: Asked,
    atLeast?: bigint,
  ): Promise<Answered<Answer>> {
    try {
      return await this.#ask(question, asked, atLeast);
    } catch (error) {
      if (!isOutage(error)) throw error;
      throw new ReadModelsUnavailable('The read models can not be reached.', { cause: error });
    }
  }

  async #ask<Asked, Answer>(
    question: Question<Asked, Answer>,
    asked: Asked,
    atLeast: bigint | undefined,
  ): Promise<Answered<Answer>> {
    const deadline = performance.now() + this.#patienceMs;
    let later = atLeast === undefined ? undefined : this.#laterRows(question, asked, atLeast);
    for (;;) {
      if (atLeast !== undefined && !later && !(await this.#haveReached(question.reads, atLeast, deadline)))
        throw new NotFresh(`The read models have not reached position ${atLeast} yet.`);
      try {
        return await this.#answer(question, asked, atLeast ?? 0n, later);
      } catch (error) {
        if (!(error instanceof RowsNeeded)) throw error;
        later = undefined;
      }
    }
  }

  /** Undefined where the rows are known to be new enough, or only they can answer the question. */
  #laterRows<Asked, Answer>(
    { reads, later }: Question<Asked, Answer>,
    asked: Asked,
    atLeast: bigint,
  ): LaterRows | undefined {
    const subject = later?.subject(asked);
    const known = this.#arrivals.known(reads);
    if (!this.#tail || !later || subject === undefined) return undefined;
    if (known === undefined || known >= atLeast) return undefined;
    const reading = this.#tail.read(known, atLeast);
    return reading && new LaterRows(later, subject, reading);
  }

  #haveReached(reads: readonly Projection[], position: bigint, deadline: number): Promise<boolean> {
    this.#listening ??= this.#listener.run(this.#closed.signal);
    return this.#arrivals.at(reads, position, deadline);
  }

  /** @throws {RowsNeeded} the rows have not seen the position, whatever was told, and can't do with what comes after them */
  async #answer<Asked, Answer>(
    question: Question<Asked, Answer>,
    asked: Asked,
    atLeast: bigint,
    later: LaterRows | undefined,
  ): Promise<Answered<Answer>> {
    const names = question.reads.map(({ name }) => name);
    const goOn: GoOn = async ({ positions, lacking }) => {
      const seen = lowest(names.map((name) => positions.get(name) ?? 0n));
      if (later || seen < atLeast) this.#arrivals.tell(positions);
      if (seen >= atLeast) return { position: seen };
      if (!later || names.some((name) => lacking.has(name))) throw new RowsNeeded();
      return later.after(seen);
    };
    const { answer, goneOn } = await this.#shares.use(question, async () => {
      const client = await this.#pool.connect();
      return fromOneState(client, (snapshot) => question.answer(snapshot, asked), goOn).finally(() =>
        client.release(),
      );
    });
    const { position } = await goneOn;
    return { position, answer: await answer };
  }

  /** How far each projection has come. */
  checkpoints(): ReturnType<typeof readCheckpoints> {
    return readCheckpoints(this.#pool);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([this.#listening, this.#pool.end()]);
  }
}

/** SQLSTATE classes 08 (connection), 53 (resources), 57 (operator); anything else of the driver's own is about the connection. */
function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|57)/.test(error.code ?? '');
  if (!isNativeError(error)) return false;
  return (
    error instanceof NoTurn ||
    'syscall' in error ||
    /^(Connection terminated|timeout exceeded|Client has encountered)/.test(error.message)
  );
}
