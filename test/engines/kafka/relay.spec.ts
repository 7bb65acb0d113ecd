import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type EventLog, PostgresEventLog, type RecordedEvent } from '#kontor/event-store';
import { kafkaClient } from '#kontor/kafka';
import { type KafkaNode, startKafka } from '../../support/kafka/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { ProcessOfOurs } from './process-of-ours.js';
import { appendPayments } from './sample-events.js';
import { eventsOf, readTopics } from './topics.js';

let node: KafkaNode;
let database: TestDatabase;
let log: EventLog;
const relays: ProcessOfOurs[] = [];

beforeEach(async () => {
  [node, database] = await Promise.all([startKafka(), startDatabase()]);
  log = new PostgresEventLog(database.commandUrl);
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.kill()));
  await log.close();
  await Promise.all([node.dispose(), database.drop()]);
});

function startRelay(): ProcessOfOurs {
  const relay = new ProcessOfOurs('relay-process', {
    LOG_URL: database.projectorUrl,
    DATABASE_URL: database.projectorUrl,
    BROKERS: node.brokers.join(),
  });
  relays.push(relay);
  return relay;
}

const client = () => kafkaClient({ brokers: node.brokers, clientId: 'test', log: () => undefined });

/** What the topics hold, against the log: per partition in log order, first occurrences only, and how many came again. */
async function arrivedAgainstLog() {
  const recorded: RecordedEvent[] = [];
  for await (const event of log.readAll()) recorded.push(event);
  const arrived = eventsOf(await readTopics(client()));
  const first = new Map<string, RecordedEvent & { place: string }>();
  for (const event of arrived) if (!first.has(event.eventId)) first.set(event.eventId, event);
  const outOfOrder = disorders([...first.values()]);
  return { recorded, arrived, first, outOfOrder };
}

/** Events that came after one of their partition that stands later in the log. */
function disorders(events: readonly (RecordedEvent & { place: string })[]) {
  const highest = new Map<string, bigint>();
  return events.filter(({ place, position }) => {
    const before = highest.get(place) ?? 0n;
    highest.set(place, position > before ? position : before);
    return position < before;
  });
}

test('each event arrives once, in order, exactly as it stands in the log, while the broker is killed, frozen and started again', async () => {
  const relay = startRelay();
  await relay.reaches(await appendPayments(log, 20, 10));

  const whileDown = appendPayments(log, 50, 40);
  await node.kill();
  await relay.complainsOf('did not acknowledge');
  await whileDown;
  await node.start();
  await relay.reaches((await log.head()).position);

  const whileFrozen = appendPayments(log, 50, 40);
  await node.freeze();
  await relay.complainsOf('did not acknowledge');
  await whileFrozen;
  await node.thaw();
  await relay.reaches((await log.head()).position);

  const { recorded, arrived, outOfOrder } = await arrivedAgainstLog();
  expect(arrived).toHaveLength(recorded.length);
  const byPosition = arrived
    .map(({ place: _, ...event }) => event)
    .sort((a, b) => Number(a.position - b.position));
  expect(byPosition).toEqual(recorded);
  expect(outOfOrder).toEqual([]);
});

test('a relay that is killed again and again, also while the broker is down, leaves no gap', async () => {
  const end = await appendPayments(log, 100, 60);
  for (const position of [1_000n, 2_000n, 3_000n]) {
    const relay = startRelay();
    await relay.reaches(position);
    await relay.kill();
  }
  const stranded = startRelay();
  await stranded.reaches(4_000n);
  await node.kill();
  await stranded.complainsOf('did not acknowledge');
  await stranded.kill();
  await node.start();
  await startRelay().reaches(end);

  const { recorded, first, outOfOrder } = await arrivedAgainstLog();
  expect(first.size).toBe(recorded.length);
  expect(outOfOrder).toEqual([]);
});
