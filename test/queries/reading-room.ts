import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '#kontor/contracts';
import { openEventLog, type EventLog, type RecordedEvent } from '#kontor/event-store';
import { projections, ReadModels, reportingViews } from '#kontor/read-models';
import { createQueryApi } from '../../apps/query-api/create-query-api.js';
import { readZones } from '../../apps/query-api/zones.js';
import type { History } from '../../libs/read-models/testing/history.js';
import { aSmallYear } from '../../libs/read-models/testing/year.js';
import { issueTokens } from '../command-api/support.js';
import { startRunner, type Running } from '../projection-engine/running.js';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { collect } from '../support/iterables.js';

const people = {
  anna: ['account-manager', 'london'],
  ben: ['account-manager', 'london'],
  otto: ['account-manager', 'berlin'],
  dora: ['branch-director', 'london'],
  bert: ['branch-director', 'berlin'],
  wanda: ['warehouse', 'london'],
  central: ['warehouse', undefined],
  shop: ['sales-system', 'london'],
  bea: ['accounting', undefined],
  carl: ['commercial-director', undefined],
  gina: ['general-director', undefined],
  audrey: ['auditor', undefined],
  rita: ['reporting', undefined],
} as const satisfies Record<string, readonly [Role, string | undefined]>;

export type Person = keyof typeof people;

/** A page of a list. */
export interface Items<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The query API in this process, over a history in PostgreSQL that the projections have seen. */
export class ReadingRoom {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly log: EventLog,
    /** The history as the log holds it. */
    readonly events: readonly RecordedEvent[],
    private readonly readModels: ReadModels,
    private readonly running: Running,
    private readonly tokens: ReadonlyMap<string, string>,
  ) {}

  static async open(history: History = aSmallYear()): Promise<ReadingRoom> {
    const database = await startDatabase();
    const { jwksUrl, tokenFor } = await issueTokens();
    const log = await openEventLog(database.commandUrl);
    for (const { stream, revision, ...event } of history.stored)
      await log.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event]);
    const running = startRunner({
      log,
      databaseUrl: database.projectorUrl,
      projections,
      viewStatements: reportingViews,
    });
    const events = await collect(log.readAll());
    await running.reach(events.at(-1)?.position ?? 0n);
    const readModels = new ReadModels(database.queryUrl, { log });
    const app = await createQueryApi(
      { readModels, log, zones: await readZones('config/zones.json') },
      { logLevel: 'silent', production: false, jwksUrl },
    );
    const tokens = await Promise.all(
      Object.entries(people).map(
        async ([name, [role, branch]]) => [name, await tokenFor(name, role, branch)] as const,
      ),
    );
    return new ReadingRoom(app, database, log, events, readModels, running, new Map(tokens));
  }

  async get(path: string, as: Person = 'audrey') {
    const answer = await this.app.inject({
      url: path,
      headers: { authorization: `Bearer ${this.tokens.get(as) ?? ''}` },
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body };
  }

  /** The body of an answer that must be there. */
  async read<Body>(path: string, as: Person = 'audrey'): Promise<Body> {
    const { status, text } = await this.get(path, as);
    if (status !== 200) throw new Error(`${path} as ${as}: ${status} ${text}`);
    return JSON.parse(text) as Body;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.running.stop();
    await this.readModels.close();
    await this.log.close();
    await this.database.drop();
  }
}
