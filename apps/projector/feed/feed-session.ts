import { setTimeout as delay } from 'node:timers/promises';
import { categoryOfEvent, topicOf } from '#kontor/contracts';
import type { EventLog } from '#kontor/event-store';
import {
  FeedConsumer,
  type FeedBatch,
  type FeedStanding,
  type kafkaClient,
  type Partitions,
} from '#kontor/kafka';
import {
  type BatchReport,
  closePartitioned,
  openPartitioned,
  type Partition,
  type PartitionedTarget,
  type Projection,
} from '#kontor/read-models';
import { requireSameTopics } from './fed-topics.js';
import { partitionMessages } from './partition-messages.js';

export interface FeedSettings {
  readonly log: EventLog;
  readonly databaseUrl: string;
  readonly projections: readonly Projection[];
  readonly viewStatements: readonly string[];
  readonly topicPrefix: string;
  /** Processes that keep up the same read models. */
  readonly group: string;
  readonly onBatch: (report: BatchReport) => void;
  readonly onMoved: () => void;
}

const SESSION_TIMEOUT_MS = 10_000;
/** A process that hangs must have lost its transaction before another gets its partitions. */
const HANG_MS = 5_000;
const ADVANCE_EVERY_MS = 200;

/** Feeds all projections from the partitions that the group gives this process, until the signal aborts; rejects when anything fails. */
export async function feedSession(
  kafka: ReturnType<typeof kafkaClient>,
  partitions: Partitions,
  settings: FeedSettings,
  signal: AbortSignal,
): Promise<void> {
  const { logId } = await settings.log.head();
  await requireSameTopics(settings.databaseUrl, [...partitions.keys()]);
  const targets = await openTargets(partitions, settings, signal);
  const consumer = new FeedConsumer({
    kafka,
    groupId: settings.group,
    topics: [...partitions.keys()],
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    onBatch: (batch) => feed(targets, batch, logId, settings),
  });
  const failure = new AbortController();
  const ended = AbortSignal.any([signal, failure.signal]);
  const fail = (error: unknown) => failure.abort(error);
  try {
    await Promise.all([
      consumer.run(ended).catch(fail),
      advance(targets, consumer, settings.onMoved, ended).catch(fail),
    ]);
    if (!signal.aborted) failure.signal.throwIfAborted();
  } finally {
    await Promise.all(targets.map(closePartitioned));
  }
}

async function openTargets(
  partitions: Partitions,
  settings: FeedSettings,
  signal: AbortSignal,
): Promise<readonly PartitionedTarget[]> {
  const opened = await Promise.allSettled(
    settings.projections.map((projection) => {
      const own = partitionsFor(projection, partitions, settings.topicPrefix);
      const options = { ...settings, hangMs: HANG_MS };
      return openPartitioned(projection, own, options, signal);
    }),
  );
  const targets = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = opened.find((result) => result.status === 'rejected');
  if (!failed) return targets;
  await Promise.all(targets.map(closePartitioned));
  throw failed.reason;
}

/** Only those that can hold an event that the projection knows: it waits for no others. */
const topicsFor = ({ handles }: Projection, prefix: string): ReadonlySet<string> =>
  new Set([...handles].map((type) => topicOf(categoryOfEvent(type), prefix)));

function partitionsFor(
  projection: Projection,
  partitions: Partitions,
  topicPrefix: string,
): readonly Partition[] {
  const topics = topicsFor(projection, topicPrefix);
  return [...partitions]
    .filter(([topic]) => topics.has(topic))
    .flatMap(([topic, count]) => Array.from({ length: count }, (_, partition) => ({ topic, partition })));
}

/**
 * All projections at once, each in a transaction of its own; what one of them lacks is read again for all. One that is held does not keep
 * the others from going on: two verifications would else wait for each other.
 */
async function feed(
  targets: readonly PartitionedTarget[],
  batch: FeedBatch,
  logId: string,
  { topicPrefix, onBatch }: FeedSettings,
): Promise<FeedStanding> {
  const messages = partitionMessages(batch, logId);
  const standings = await Promise.all(
    targets
      .filter(({ projection }) => topicsFor(projection, topicPrefix).has(batch.topic))
      .map(async (target) => {
        const begun = performance.now();
        const standing = await target.apply(batch, messages);
        const { name: projection } = target.projection;
        onBatch({ projection, events: messages.length, milliseconds: performance.now() - begun });
        return standing;
      }),
  );
  const held = standings.filter((standing) => standing.held);
  const isHeld = held.length === standings.length;
  const going = isHeld ? standings : standings.filter((standing) => !standing.held);
  return {
    nextOffset: leastOffset(going),
    isHeld,
    ...(held.length > 0 ? { heldAt: leastOffset(held) } : {}),
  };
}

const leastOffset = (standings: readonly { readonly nextOffset: bigint }[]): bigint =>
  standings.map(({ nextOffset }) => nextOffset).reduce((least, offset) => (offset < least ? offset : least));

/** What needs no event: positions that watermarks moved, checkpoints that follow, partitions that a verification has let go. */
async function advance(
  targets: readonly PartitionedTarget[],
  consumer: FeedConsumer,
  onMoved: () => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await delay(ADVANCE_EVERY_MS, undefined, { signal });
    await Promise.all(
      targets.map(async (target) => {
        if (await target.advance()) onMoved();
      }),
    );
    const held = targets.filter(({ isHeld }) => isHeld);
    const lifted = await Promise.all(held.map((target) => target.lookForHold()));
    if (lifted.includes(true) || targets.every(({ isHeld }) => !isHeld)) consumer.resume();
  }
}
