import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { decodeEvent, type LoggedEvent } from '#kontor/contracts';
import { openEventLog } from '#kontor/event-store';
import {
  PostgresRunner,
  projectInMemory,
  projections,
  rebuild,
  reportingViews,
  waitForPosition,
} from '#kontor/read-models';
import type { Bench } from './bench.js';
import type { KontorDatabase } from './server.js';

const tables = projections.flatMap((projection) => projection.tables.map(({ name }) => name));

const HOURS = 3_600_000;

/** As they are before the first event. */
export async function emptyReadModels(bench: Bench, { name }: KontorDatabase): Promise<void> {
  await bench.server.run(
    `truncate read_models.checkpoints, ${tables.map((table) => `read_models.${table}`).join(', ')}`,
    name,
  );
  await bench.server.settle();
}

/** Brings all projections from nothing to the end of the log. @returns milliseconds */
export async function catchUp(bench: Bench, database: KontorDatabase): Promise<number> {
  await emptyReadModels(bench, database);
  return await follow(bench, database);
}

/** Brings all projections from where they are to the end of the log. @returns milliseconds */
export async function follow(
  bench: Bench,
  { projectorUrl }: Pick<KontorDatabase, 'projectorUrl'>,
): Promise<number> {
  const log = await openEventLog(projectorUrl);
  const pool = new pg.Pool({ connectionString: projectorUrl, max: 1 });
  const stop = new AbortController();
  try {
    const { position } = await log.head();
    const runner = new PostgresRunner({
      log,
      databaseUrl: projectorUrl,
      projections,
      viewStatements: reportingViews,
      onTrouble: (where, error) => bench.say(`${where}: ${String(error)}`),
    });
    const signal = AbortSignal.any([stop.signal, bench.signal]);
    const begun = performance.now();
    const running = runner.run(signal);
    const names = projections.map(({ name }) => name);
    await waitForPosition(pool, names, position, { timeoutMs: HOURS, signal });
    const took = performance.now() - begun;
    stop.abort();
    await running;
    bench.signal.throwIfAborted();
    return took;
  } finally {
    await pool.end();
    await log.close();
  }
}

/** Rebuilds every read model. @returns milliseconds */
export async function rebuildAll(bench: Bench, { projectorUrl }: KontorDatabase): Promise<number> {
  await bench.server.settle();
  const log = await openEventLog(projectorUrl);
  const { signal } = bench;
  const begun = performance.now();
  try {
    await rebuild(projections, { log, databaseUrl: projectorUrl, viewStatements: reportingViews, signal });
    return performance.now() - begun;
  } finally {
    await log.close();
  }
}

/** Events that are held decoded at once: a log of ten years would not fit the memory. */
const SLICE = 20_000;

/**
 * What no projector could do without: each projection's fold over events that are decoded already, in memory; a slice of the log at a
 * time, and reading it not counted. @returns milliseconds
 */
export async function foldInMemory(bench: Bench, { projectorUrl }: KontorDatabase): Promise<number> {
  const log = await openEventLog(projectorUrl);
  let took = 0;
  let slice: LoggedEvent[] = [];
  const fold = (): void => {
    const begun = performance.now();
    for (const projection of projections) projectInMemory(projection, slice);
    took += performance.now() - begun;
    slice = [];
  };
  try {
    for await (const event of log.readAll()) {
      slice.push(decodeEvent(event));
      if (slice.length < SLICE) continue;
      bench.signal.throwIfAborted();
      fold();
    }
    fold();
    return took;
  } finally {
    await log.close();
  }
}

/** The rows that projections came to, kept in files to be copied into the same tables again. */
export class FinalRows {
  private constructor(
    private readonly database: KontorDatabase,
    private readonly directory: string,
  ) {}

  static async of(bench: Bench, database: KontorDatabase): Promise<FinalRows> {
    const directory = join(bench.server.directory, 'rows');
    await mkdir(directory, { recursive: true });
    const rows = new FinalRows(database, directory);
    await rows.connected(async (client) => {
      for (const table of tables)
        await pipeline(
          client.query(copyTo(`copy read_models.${table} to stdout`)),
          createWriteStream(rows.fileOf(table)),
        );
    });
    return rows;
  }

  /** Copies them all, one table after the other, into empty tables with all their indexes. @returns milliseconds */
  async copyIn(bench: Bench): Promise<number> {
    return await this.connected(async (client) => {
      await client.query(`truncate ${tables.map((name) => `read_models.${name}`).join(', ')}`);
      await bench.server.settle();
      const begun = performance.now();
      for (const table of tables)
        await pipeline(
          createReadStream(this.fileOf(table), { highWaterMark: 256 * 1024 }),
          client.query(copyFrom(`copy read_models.${table} from stdin`)),
        );
      return performance.now() - begun;
    });
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  private fileOf(table: string): string {
    return join(this.directory, `${table}.copy`);
  }

  private async connected<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client({ connectionString: this.database.projectorUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
