import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EventLog, PostgresEventLog } from '#kontor/event-store';
import { projections, verify, waitForPosition } from '#kontor/read-models';
import { type KafkaNode, startKafka } from '../../support/kafka/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { ProcessOfOurs } from './process-of-ours.js';
import { appendYears } from './years.js';

describe('Read models that are fed by Kafka', () => {
  let node: KafkaNode;
  let database: TestDatabase;
  let log: EventLog;
  let pool: pg.Pool;
  let relay: ProcessOfOurs;
  const workers: ProcessOfOurs[] = [];
  let years = 1;

  const start = (script: string) =>
    new ProcessOfOurs(script, {
      LOG_URL: database.projectorUrl,
      DATABASE_URL: database.projectorUrl,
      BROKERS: node.brokers.join(),
    });

  function startWorker(): ProcessOfOurs {
    const worker = start('feed-process');
    workers.push(worker);
    return worker;
  }

  const append = (count: number) => appendYears(log, (years += count) - count, count);

  async function reach(position: bigint): Promise<void> {
    const names = projections.map(({ name }) => name);
    const reached = await waitForPosition(pool, names, position, { timeoutMs: 60_000 });
    if (reached < position)
      throw new Error(
        `came to ${reached}, not to ${position}:\n${workers.flatMap(({ errors }) => errors.slice(-20)).join('\n')}`,
      );
  }

  /** Projections whose live rows are not what a replay of the log gives. */
  async function wrong() {
    const verdicts = await Promise.all(
      projections.map((projection) => verify(projection, { log, databaseUrl: database.projectorUrl })),
    );
    return verdicts.filter(({ equal }) => !equal);
  }

  beforeAll(async () => {
    [node, database] = await Promise.all([startKafka(), startDatabase()]);
    log = new PostgresEventLog(database.commandUrl);
    pool = new pg.Pool({ connectionString: database.projectorUrl });
    relay = start('relay-process');
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  });
  afterAll(async () => {
    await Promise.all([relay, ...workers].map((process) => process.kill()));
    await Promise.all([log.close(), pool.end()]);
    await Promise.all([node.dispose(), database.drop()]);
  });

  it('are what the log gives, whichever of two processes has a partition', async () => {
    const both = [startWorker(), startWorker()];
    await reach(await append(20));
    await Promise.all(both.map((worker) => worker.reaches(1n)));
    await reach(await append(20));
    expect(await wrong()).toEqual([]);
  });
});
