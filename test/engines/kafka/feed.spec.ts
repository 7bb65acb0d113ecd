import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EventLog, PostgresEventLog } from '#kontor/event-store';
import { kafkaClient } from '#kontor/kafka';
import {
  PostgresRunner,
  projections,
  rebuild,
  reportingViews,
  verify,
  waitForPosition,
} from '#kontor/read-models';
import { type KafkaNode, startKafka } from '../../support/kafka/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { ProcessOfOurs } from './process-of-ours.js';
import { eventsOf, readTopics } from './topics.js';
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
    const verdicts = await verify(projections, { log, databaseUrl: database.projectorUrl });
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

  /** The same, when all have come to the log's present end. */
  async function wrongAtTheEnd() {
    await reach((await log.head()).position);
    return await wrong();
  }

  it('are what the log gives, whichever of two processes has a partition', async () => {
    const [one, other] = [startWorker(), startWorker()];
    await reach(await append(10));
    const [before, andBefore] = [one.reached, other.reached];
    await append(20);
    await Promise.all([one.reaches(before + 1n), other.reaches(andBefore + 1n)]);
    expect(await wrongAtTheEnd()).toEqual([]);
  });

  it('take no harm from a process that is killed at work, and another that joins', async () => {
    const [victim] = [startWorker(), startWorker()];
    await reach(await append(1));
    const appended = append(40);
    await victim.reaches(victim.reached + 100n);
    await victim.kill();
    startWorker();
    await appended;
    expect(await wrongAtTheEnd()).toEqual([]);
  });

  it('take no harm from a process that is frozen past its session and goes on later', async () => {
    const [frozen, other] = [startWorker(), startWorker()];
    await reach(await append(1));
    const appended = append(20);
    await frozen.reaches(frozen.reached + 50n);
    frozen.freeze();
    await appended;
    await reach((await log.head()).position);
    const before = other.reached;
    frozen.thaw();
    await append(10);
    await other.reaches(before + 1n);
    expect(await wrongAtTheEnd()).toEqual([]);
  });

  it('do not show that a relay sent events again, at other offsets', async () => {
    startWorker();
    await reach(await append(10));
    await relay.kill();
    const back = (await log.head()).position - 500n;
    for await (const { eventId } of log.readAll({ after: back - 1n, limit: 1 }))
      await pool.query('UPDATE read_models.relay_checkpoint SET position = $1, event_id = $2', [
        back,
        eventId,
      ]);
    relay = start('relay-process');
    await append(10);
    expect(await wrongAtTheEnd()).toEqual([]);
    expect(await repeatsIn(node)).toBeGreaterThanOrEqual(500);
  });

  it('are the same after rebalances without end', async () => {
    startWorker();
    const appended = append(40);
    for (let round = 0; round < 3; round++) {
      const guest = startWorker();
      await guest.reaches(1n);
      await guest.terminate();
    }
    await appended;
    expect(await wrongAtTheEnd()).toEqual([]);
  });

  it('are the same after the broker was killed', async () => {
    startWorker();
    const appended = append(30);
    await node.kill();
    await relay.complainsOf('did not acknowledge');
    await node.start();
    await appended;
    expect(await wrongAtTheEnd()).toEqual([]);
  });

  it('are verified, and rebuilt, while events come', async () => {
    startWorker();
    startWorker();
    await reach(await append(1));
    const appended = append(60);
    expect(await wrong()).toEqual([]);
    await rebuild(projections, { log, databaseUrl: database.projectorUrl, viewStatements: reportingViews });
    await appended;
    expect(await wrongAtTheEnd()).toEqual([]);
  });

  it('can be kept up from the log itself again, and from Kafka after that', async () => {
    const appended = append(20);
    const worker = startWorker();
    await worker.reaches(300n);
    await worker.terminate();
    await appended;
    const stop = new AbortController();
    const runner = new PostgresRunner({
      log,
      databaseUrl: database.projectorUrl,
      projections,
      viewStatements: reportingViews,
      lockRetryMs: 20,
    });
    const running = runner.run(stop.signal);
    try {
      await append(5);
      expect(await wrongAtTheEnd()).toEqual([]);
    } finally {
      stop.abort();
      await running;
    }
    startWorker();
    await append(5);
    expect(await wrongAtTheEnd()).toEqual([]);
  });
});

/** Messages with an event that an earlier one had. */
async function repeatsIn(node: KafkaNode): Promise<number> {
  const events = eventsOf(
    await readTopics(kafkaClient({ brokers: node.brokers, clientId: 'test', log: () => undefined })),
  );
  return events.length - new Set(events.map(({ eventId }) => eventId)).size;
}
