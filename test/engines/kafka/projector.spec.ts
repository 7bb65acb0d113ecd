import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it, describe } from '@jest/globals';
import pg from 'pg';
import { type EventLog, PostgresEventLog } from '#kontor/event-store';
import { kafkaClient } from '#kontor/kafka';
import { projections, waitForPosition } from '#kontor/read-models';
import { freePort } from '../../../apps/cli/embedded-postgres/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { type KafkaNode, startKafka } from '../../support/kafka/index.js';
import { withClient } from '../../support/raw-client.js';
import { eventsOf, readTopics } from './topics.js';
import { appendYears } from './years.js';

describe('A projector whose relay can not go on', () => {
  let node: KafkaNode;
  let database: TestDatabase;
  let log: EventLog;
  let port: number;
  let projector: ChildProcess;
  beforeAll(async () => {
    [node, database, port] = await Promise.all([startKafka(), startDatabase(), freePort()]);
    log = new PostgresEventLog(database.commandUrl);
  });
  afterEach(() => void projector.kill('SIGKILL'));
  afterAll(async () => {
    await log.close();
    await Promise.all([node.dispose(), database.drop()]);
  });

  const startProjector = (): ChildProcess =>
    (projector = spawn(
      process.execPath,
      [
        '--conditions=source',
        '--import',
        here('../../support/swc.mjs'),
        here('../../../apps/projector/main.ts'),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          NODE_ENV: 'development',
          KONTOR_EVENT_STORE_URL: database.projectorUrl,
          KONTOR_DATABASE_URL: database.projectorUrl,
          KONTOR_PROJECTOR_PORT: String(port),
          KONTOR_KAFKA_BROKERS: node.brokers.join(),
          KONTOR_KAFKA_PARTITIONS: '3',
        },
      },
    ));
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);

  /** Settles when the projector says so of its relay; rejects when it ends before. */
  async function untilItsRelay(says: object): Promise<void> {
    for (;;) {
      const ready = await get('/health/ready').catch(() => undefined);
      const state: unknown = await ready?.json();
      if (projector.exitCode !== null) throw new Error(`the projector ended with code ${projector.exitCode}`);
      try {
        expect(state).toMatchObject({ ready: true, checks: { relay: says } });
        return;
      } catch {
        await pause(50);
      }
    }
  }

  it('projects all the same, tells the trouble, and relays everything when it is mended', async () => {
    const admin = kafkaClient({ brokers: node.brokers, clientId: 'test', log: () => undefined }).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'kontor.order', numPartitions: 2 }] });
    startProjector().stdout?.resume();
    await untilItsRelay({
      ready: false,
      state: 'backing-off',
      error: expect.stringContaining('kontor.order has 2 partitions'),
    });

    const last = await appendYears(log, 1, 2);
    const pool = new pg.Pool({ connectionString: database.projectorUrl, max: 1 });
    const names = projections.map(({ name }) => name);
    expect(await waitForPosition(pool, names, last, { timeoutMs: 30_000 })).toBe(last);
    await pool.end();
    expect(await (await get('/metrics')).text()).toContain('kontor_relay_trouble{to="kafka"} 1');

    await admin.deleteTopics({ topics: ['kontor.order'] });
    await untilItsRelay({ ready: true, state: 'running', position: String(last) });
    expect(await (await get('/metrics')).text()).toContain('kontor_relay_trouble{to="kafka"} 0');
    await admin.disconnect();
    const arrived = await readTopics(
      kafkaClient({ brokers: node.brokers, clientId: 'test', log: () => undefined }),
    );
    expect(eventsOf(arrived)).toHaveLength(Number(last));

    projector.kill('SIGTERM');
    expect(await once(projector, 'exit')).toEqual([0, null]);
  });

  it('ends, as for its projections, where the log is not the one that was relayed', async () => {
    await withClient(database.projectorUrl, (client) =>
      client.query(`UPDATE read_models.relay_checkpoint SET log_id = 'another'`),
    );
    const { stdout } = startProjector();
    const [output, [code]] = await Promise.all([stdout ? text(stdout) : '', once(projector, 'exit')]);
    expect(code).toBe(1);
    expect(output).toContain('the relay has published log another');
  });
});

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
