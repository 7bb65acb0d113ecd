import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { type CloudEvent, Kafka as CloudEventsKafka } from 'cloudevents';
import { ConfigResourceTypes } from 'kafkajs';
import pg from 'pg';
import { asyncApiDocument, isWatermark, topicsOf } from '#kontor/contracts';
import { InMemoryEventLog, LogReplaced, type Position } from '#kontor/event-store';
import { kafkaClient } from '#kontor/kafka';
import { type KafkaNode, kafkaBrokers } from '../../support/kafka/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { RelayInProcess } from './relay-in-process.js';
import { sampleEvent } from './sample-events.js';
import { type Arrived, eventsOf, readTopics } from './topics.js';

const document = asyncApiDocument();

describe('What the relay publishes', () => {
  let kafka: Pick<KafkaNode, 'brokers' | 'dispose'>;
  let database: TestDatabase;
  let log: InMemoryEventLog;
  const relays: RelayInProcess[] = [];
  beforeAll(async () => {
    kafka = await kafkaBrokers();
  });
  afterAll(() => kafka.dispose());
  beforeEach(async () => {
    database = await startDatabase();
    log = new InMemoryEventLog();
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await database.drop();
  });

  function startRelay({ partitions = 3, topicPrefix = 'kontor' } = {}): RelayInProcess {
    const { brokers } = kafka;
    const { projectorUrl: databaseUrl } = database;
    const relay = new RelayInProcess(log, { databaseUrl, brokers, partitions, topicPrefix });
    relays.push(relay);
    return relay;
  }

  const client = () => kafkaClient({ brokers: kafka.brokers, clientId: 'test', log: () => undefined });

  /** Of this log alone: the cluster may be one that others use too. */
  async function arrived(topicPrefix?: string): Promise<Arrived[]> {
    const { logId } = await log.head();
    const messages = await readTopics(client(), topicsOf(topicPrefix));
    return messages.filter(({ headers }) => headers['ce_source'] === `urn:kontor:log:${logId}`);
  }

  async function append(stream: string, type: string, data: object): Promise<Position> {
    const outcome = await log.append(`${stream}-${randomUUID()}`, 'no-stream', [sampleEvent(type, data)]);
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
    return outcome.position;
  }

  it('is what the AsyncAPI document says, for every event, and read by the CloudEvents SDK', async () => {
    const types = await appendOneOfEach();
    const relay = startRelay();
    await relay.reaches((await log.head()).position);

    const messages = (await arrived()).filter((message) => !isWatermark(message));
    expect(new Set(messages.map(({ headers }) => headers['ce_type']))).toEqual(
      new Set(types.map((type) => `kontor.${type}.v1`)),
    );
    for (const message of messages) {
      expect(problemsOf(message)).toEqual([]);
      expect(readBySdk(message)).toMatchObject({
        id: message.headers['ce_id'],
        data: JSON.parse(message.value),
      });
    }
  });

  it('tells every partition how far it has come', async () => {
    const last = await append('order', 'PaymentReceived', {});
    await startRelay().reaches(last);
    const told = new Set<string>();
    while (told.size < topicsOf().length * 3)
      for (const message of await arrived())
        if (isWatermark(message)) {
          expect(problemsOf(message)).toEqual([]);
          expect(message.headers['ce_logposition']).toBe(String(last));
          told.add(`${message.topic}/${message.partition}`);
        }
  });

  it('may be of any size that the log takes', async () => {
    const sizes = [900_000, 900_000, 100, 2_000_000, 900_000];
    for (const size of sizes) await append('order', 'PaymentReceived', { memo: 'x'.repeat(size) });
    await startRelay().reaches((await log.head()).position);
    const lengths = eventsOf(await arrived()).map(({ data }) => data.length - '{"memo":""}'.length);
    expect(lengths.toSorted((left, right) => left - right)).toEqual(
      sizes.toSorted((left, right) => left - right),
    );
  });

  it('is published by one relay at a time', async () => {
    startRelay();
    startRelay();
    let last = 0n;
    for (let event = 0; event < 200; event++) last = await append('order', 'PaymentReceived', {});
    await startRelay().reaches(last);
    expect(eventsOf(await arrived())).toHaveLength(200);
  });

  it('is published by the next relay when the session of the one before is gone', async () => {
    const [one] = [startRelay(), startRelay()];
    await one.reaches(await append('order', 'PaymentReceived', {}));
    const pool = new pg.Pool({ connectionString: database.superuserUrl, max: 1 });
    for (let round = 0; round < 4; round++) {
      const appended = append('order', 'PaymentReceived', {});
      await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE application_name = 'kontor relay' AND datname = current_database() AND locktype = 'advisory' AND granted`,
      );
      await one.reaches(await appended);
    }
    await pool.end();
    expect(new Set(eventsOf(await arrived()).map(({ eventId }) => eventId)).size).toBe(5);
  });

  it('is of one log: another one under the same checkpoint stops the relay', async () => {
    const relay = startRelay();
    await relay.reaches(await append('order', 'PaymentReceived', {}));
    await relay.stop();
    relays.length = 0;
    log = new InMemoryEventLog();
    await append('order', 'PaymentReceived', {});
    const misled = startRelay();
    relays.length = 0;
    await expect(misled.ended).rejects.toThrow(LogReplaced);
  });

  it('has topics with as many partitions as they were made with, and no others', async () => {
    await startRelay().reaches(await append('order', 'PaymentReceived', {}));
    await relays.pop()?.stop();
    const differing = startRelay({ partitions: 5 });
    await differing.failsTimes(2);
    expect(differing.status).toMatchObject({
      state: 'backing-off',
      error: expect.stringContaining('kontor.order has 3 partitions'),
    });
  });

  it('is published whole under another prefix too', async () => {
    const last = await append('order', 'PaymentReceived', {});
    await startRelay().reaches(last);
    await relays.pop()?.stop();
    const topicPrefix = `north-${randomUUID()}`;
    const north = startRelay({ topicPrefix });
    await north.comesTo(last);
    expect(eventsOf(await arrived(topicPrefix))).toHaveLength(1);
    expect(eventsOf(await arrived())).toHaveLength(1);
  });

  it('waits at an event that Kafka refuses until Kafka takes it, without what is beside it coming again and again', async () => {
    const topicPrefix = `strict-${randomUUID()}`;
    const topic = `${topicPrefix}.order`;
    const admin = client().admin();
    await admin.connect();
    const strict = [{ name: 'max.message.bytes', value: '100000' }];
    await admin.createTopics({ topics: [{ topic, numPartitions: 3, configEntries: strict }] });
    for (let event = 0; event < 20; event++) await append('order', 'PaymentReceived', {});
    const refused = await append('order', 'PaymentReceived', { memo: 'x'.repeat(300_000) });
    let last = 0n;
    for (let event = 0; event < 20; event++) last = await append('order', 'PaymentReceived', {});

    const relay = startRelay({ topicPrefix });
    await relay.failsTimes(4);
    expect(relay.status).toMatchObject({ state: 'backing-off', position: refused - 1n });
    const generous = [{ name: 'max.message.bytes', value: '4194304' }];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries: generous }],
    });
    await admin.disconnect();
    await relay.comesTo(last);
    expect(relay.status).toEqual({ state: 'running', position: last });

    const came = Map.groupBy(eventsOf(await arrived(topicPrefix)), ({ eventId }) => eventId);
    expect(came.size).toBe(41);
    expect([...came.values()].filter((times) => times.length > 2)).toEqual([]);
  });

  async function appendOneOfEach(): Promise<string[]> {
    const golden = 'libs/contracts/golden';
    const files = readdirSync(golden).filter((file) => file.endsWith('.v1.json'));
    for (const file of files) {
      const { type, data } = JSON.parse(readFileSync(`${golden}/${file}`, 'utf8'));
      await append(categoryNamed(type), type, data);
    }
    return files.map((file) => file.replace('.v1.json', ''));
  }
});

const categoryNamed = (type: string): string =>
  Object.keys(document.channels).find((name) => type in (document.channels[name]?.messages ?? {})) ??
  'unknown';

const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true })).addSchema(document, 'asyncapi');

/** Where a message is not what the document says of its topic. */
function problemsOf({ topic, key, headers, value }: Arrived): string[] {
  const channel = Object.values(document.channels).find(({ address }) => address === topic);
  const name = Object.keys(channel?.messages ?? {}).find((name) =>
    headers['ce_type']?.startsWith(`kontor.${name}.v`),
  );
  if (!name) return [`${headers['ce_type']} is not of ${topic}`];
  const check = (part: string, content: unknown) => {
    const validate = ajv.compile({ $ref: `asyncapi#/components/messages/${name}/${part}` });
    return validate(content)
      ? []
      : (validate.errors ?? []).map((error) => `${part}${error.instancePath} ${error.message}`);
  };
  return [
    ...check('headers', headers),
    ...check('payload', JSON.parse(value)),
    ...(key === headers['ce_subject'] ? [] : [`the key is ${key}`]),
  ];
}

function readBySdk({ key, headers, value }: Arrived): CloudEvent<unknown> {
  const event = CloudEventsKafka.toEvent({
    headers,
    value,
    body: value,
    timestamp: '0',
    ...(key === undefined ? {} : { key }),
  } as Parameters<typeof CloudEventsKafka.toEvent>[0]) as CloudEvent<unknown>;
  event.validate();
  return event;
}
