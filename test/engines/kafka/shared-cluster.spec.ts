import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EventLog, PostgresEventLog } from '#kontor/event-store';
import { kafkaClient } from '#kontor/kafka';
import { projections, verify, waitForPosition } from '#kontor/read-models';
import { type KafkaNode, startKafka } from '../../support/kafka/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { ProcessOfOurs } from './process-of-ours.js';
import { appendYears } from './years.js';

describe('Two Kontors in one Kafka cluster, each with topics and a consumer group of its own', () => {
  let node: KafkaNode;
  let south: Kontor;
  let north: Kontor;
  beforeAll(async () => {
    node = await startKafka();
    [south, north] = await Promise.all([Kontor.start(node, 'kontor'), Kontor.start(node, 'north')]);
  });
  afterAll(async () => {
    await Promise.all([south.stop(), north.stop()]);
    await node.dispose();
  });

  it('have read models of their own log, and of nothing else', async () => {
    const [last, lastInNorth] = await Promise.all([
      appendYears(south.log, 1, 3),
      appendYears(north.log, 11, 5),
    ]);
    expect(await south.wrongAt(last)).toEqual([]);
    expect(await north.wrongAt(lastInNorth)).toEqual([]);

    const admin = kafkaClient({ brokers: node.brokers, clientId: 'test', log: () => undefined }).admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    expect(groups.map(({ groupId }) => groupId)).toEqual(
      expect.arrayContaining(['kontor-projector', 'north-projector']),
    );
  });

  it('do not go on from topics of another prefix as if they were the ones before', async () => {
    const misled = south.startProcess('feed-process', 'north');
    await expect(misled.complainsOf('must be kept up from the log once')).resolves.toBeUndefined();
  });
});

/** A log with its read models, a relay and one process that keeps them up from Kafka. */
class Kontor {
  readonly #processes: ProcessOfOurs[] = [];

  private constructor(
    private readonly node: KafkaNode,
    private readonly database: TestDatabase,
    readonly log: EventLog,
  ) {}

  static async start(node: KafkaNode, topicPrefix: string): Promise<Kontor> {
    const database = await startDatabase();
    const kontor = new Kontor(node, database, new PostgresEventLog(database.commandUrl));
    for (const script of ['relay-process', 'feed-process']) kontor.startProcess(script, topicPrefix);
    return kontor;
  }

  startProcess(script: string, topicPrefix: string): ProcessOfOurs {
    const started = new ProcessOfOurs(script, {
      LOG_URL: this.database.projectorUrl,
      DATABASE_URL: this.database.projectorUrl,
      BROKERS: this.node.brokers.join(),
      TOPIC_PREFIX: topicPrefix,
    });
    this.#processes.push(started);
    return started;
  }

  /** Projections whose live rows are not what a replay of the log gives, when they have come to the position. */
  async wrongAt(position: bigint) {
    const { projectorUrl: databaseUrl } = this.database;
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
    const names = projections.map(({ name }) => name);
    const reached = await waitForPosition(pool, names, position, { timeoutMs: 60_000 });
    await pool.end();
    if (reached < position) throw new Error(`came to ${reached}, not to ${position}`);
    const verdicts = await verify(projections, { log: this.log, databaseUrl });
    return verdicts.filter(({ equal }) => !equal);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.kill()));
    await this.log.close();
    await this.database.drop();
  }
}
