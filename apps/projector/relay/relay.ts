import { setTimeout as delay } from 'node:timers/promises';
import { STREAM_CATEGORIES, toWatermark } from '#kontor/contracts';
import { type EventLog, LogReplaced } from '#kontor/event-store';
import type { Publisher } from '#kontor/kafka';
import { oneByOne, relayBatches, type RelayTopics, sendBounds } from './relay-batches.js';
import type { RelayCheckpoint } from './relay-checkpoint.js';

/** Only the streams of ours: an engine may keep some of its own. */
const filter = { streamPrefixes: STREAM_CATEGORIES.map((category) => `${category}-`) };

const WATERMARK_EVERY_MS = 250;
const EVENTS_A_BATCH = 5_000;

export interface RelayRoute extends RelayTopics {
  readonly log: EventLog;
  readonly publisher: Publisher;
  readonly checkpoint: RelayCheckpoint;
  /**
   * The next events go one by one, since a send with one of them was refused: what stands before that one is then published once, and what
   * stands behind it not with every try.
   */
  readonly isFirstOneByOne: boolean;
  /** Of so many events; none where it was a watermark. */
  readonly onAcknowledged: (events: number) => void;
}

/**
 * Sends every event of the log to Kafka, in order, from the checkpoint on: a batch is acknowledged before the checkpoint moves, and
 * the checkpoint moves before the next batch is sent. So none is missing whenever this dies, and what may come again after that is
 * one batch. Ends when the signal aborts; rejects where it can't go on.
 */
export async function relay(route: RelayRoute, signal: AbortSignal): Promise<void> {
  const { logId } = await provenHead(route);
  const failure = new AbortController();
  const ended = AbortSignal.any([signal, failure.signal]);
  const fail = (error: unknown) => failure.abort(error);
  await Promise.all([
    sendEvents(route, logId, ended).catch(fail),
    sendWatermarks(route, logId, ended).catch(fail),
  ]);
  if (!signal.aborted) failure.signal.throwIfAborted();
}

async function sendEvents(route: RelayRoute, logId: string, signal: AbortSignal): Promise<void> {
  const { log, publisher, checkpoint, onAcknowledged } = route;
  const after = checkpoint.relayed?.position ?? 0n;
  let bounds = route.isFirstOneByOne ? oneByOne : sendBounds;
  for await (const { events } of log.subscribe({ after, filter, batchSize: EVENTS_A_BATCH }, signal)) {
    for (const { messages, last } of relayBatches(events, logId, route, bounds)) {
      await publisher.publish(messages, signal);
      await checkpoint.moveTo({ position: last.position, eventId: last.eventId, logId });
      onAcknowledged(messages.length);
    }
    bounds = sendBounds;
  }
}

/** The checkpoint goes to every partition while it moves, and once at the start: the relay before may have died before its last. */
async function sendWatermarks(route: RelayRoute, logId: string, signal: AbortSignal): Promise<void> {
  const { publisher, partitions, checkpoint, onAcknowledged } = route;
  let sent: bigint | undefined;
  while (!signal.aborted) {
    await delay(WATERMARK_EVERY_MS, undefined, { signal });
    const reached = checkpoint.relayed?.position;
    if (reached === undefined || reached === sent) continue;
    const watermark = toWatermark(reached, logId);
    const messages = [...partitions].flatMap(([topic, count]) =>
      Array.from({ length: count }, (_, partition) => ({ topic, partition, ...watermark })),
    );
    await publisher.publish(messages, signal);
    onAcknowledged(0);
    sent = reached;
  }
}

/** Proves that the log still holds what was relayed: a restored backup must not be published as if it were the same history. */
async function provenHead({ log, checkpoint: { relayed } }: RelayRoute) {
  const head = await log.head();
  if (!relayed) return head;
  if (head.logId !== relayed.logId)
    throw new LogReplaced(`the relay has published log ${relayed.logId}, this one is ${head.logId}`);
  if (relayed.eventId === null) return head;
  for await (const event of log.readAll({ after: relayed.position - 1n, limit: 1 }))
    if (event.position === relayed.position && event.eventId === relayed.eventId) return head;
  throw new LogReplaced(
    `the relay has published event ${relayed.eventId} of position ${relayed.position}, where the log does not have it`,
  );
}
