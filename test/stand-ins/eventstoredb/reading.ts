import type { ServerWritableStream } from '@grpc/grpc-js';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { failures } from './failures.js';
import { NotARecord, type Place, type StandInLog, type StoredRecord } from './log.js';
import * as messages from './messages.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp | Buffer>;

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection;

/** What the reading side needs of the server. */
export interface Source {
  readonly log: StandInLog;
  /** Resolves when something has been appended since the call, or the signal aborts. */
  appended(signal: AbortSignal): Promise<void>;
}

/** Answers one read call: a stream, `$all`, or a subscription to `$all` that goes on until the caller leaves. */
export async function answerRead(call: ReadCall, source: Source): Promise<void> {
  const options = call.request.getOptions();
  if (!options) throw failures.unsupported('read without options');
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  call.on('close', () => gone.abort());
  const all = options.getAll();
  const stream = options.getStream();
  try {
    if (all && options.hasSubscription()) await subscribe(call, options, all, source, gone.signal);
    else if (all) await send(call, readAll(options, all, source.log), gone.signal);
    else if (stream && !options.hasSubscription())
      await send(call, readStream(options, stream, source.log), gone.signal);
    else throw failures.unsupported('subscription to one stream');
  } catch (error) {
    throw error instanceof NotARecord ? failures.invalidPosition() : error;
  }
  call.end();
}

function* readStream(
  options: ReadReq.Options,
  wanted: ReadReq.Options.StreamOptions,
  log: StandInLog,
): Generator<ReadResp | Buffer> {
  const name = messages.streamOf(wanted);
  const records = log.stream(name);
  if (records.length === 0) {
    yield messages.streamNotFound(name);
    return;
  }
  const from = wanted.hasStart() ? 0 : wanted.hasEnd() ? records.length - 1 : Number(wanted.getRevision());
  const count = Number(options.getCount());
  if (options.getReadDirection() === BACKWARDS) {
    const first = Math.min(from, records.length - 1);
    yield* events(records, first, -1, count);
  } else if (!wanted.hasEnd()) yield* events(records, from, 1, count);
}

function* readAll(
  options: ReadReq.Options,
  wanted: ReadReq.Options.AllOptions,
  log: StandInLog,
): Generator<ReadResp | Buffer> {
  const position = wanted.getPosition();
  const count = Number(options.getCount());
  const at = position && log.indexAt(placeOf(position));
  if (options.getReadDirection() === BACKWARDS) {
    if (!wanted.hasStart()) yield* events(log.all, (at ?? log.all.length) - 1, -1, count);
  } else if (!wanted.hasEnd()) yield* events(log.all, at ?? 0, 1, count);
}

function* events(
  records: readonly StoredRecord[],
  from: number,
  step: 1 | -1,
  count: number,
): Generator<ReadResp | Buffer> {
  for (let index = from, sent = 0; sent < count; index += step, sent += 1) {
    const record = records[index];
    if (!record) return;
    yield messages.encodedEvent(record);
  }
}

/**
 * Forward, after the place given. While it catches up its checkpoints say what is to be read next (prepare 0); once
 * live they say what was read.
 */
async function subscribe(
  call: ReadCall,
  options: ReadReq.Options,
  wanted: ReadReq.Options.AllOptions,
  { log, appended }: Source,
  gone: AbortSignal,
): Promise<void> {
  const position = wanted.getPosition();
  const filter = messages.filterOf(options);
  let index = 0;
  if (wanted.hasEnd()) index = log.all.length;
  else if (position) {
    const place = placeOf(position);
    index = place.prepare === 0n ? log.indexAt(place) : log.indexAt(place) + 1;
  }
  await send(call, [messages.confirmation(randomUUID())], gone);
  let live = false;
  let sinceCheckpoint = 0;
  while (!gone.aborted) {
    const record = log.all[index];
    if (!record) {
      const more = appended(gone);
      if (!live) await send(call, [messages.caughtUp()], gone);
      live = true;
      await more;
      continue;
    }
    index += 1;
    if (!filter || filter.matches(record)) await send(call, [messages.encodedEvent(record)], gone);
    sinceCheckpoint += 1;
    if (!filter || sinceCheckpoint < filter.checkpointEvery) continue;
    const next = log.all[index];
    const place = live
      ? { commit: record.position, prepare: record.position }
      : next && { commit: next.position, prepare: 0n };
    if (place) await send(call, [messages.checkpoint(place)], gone);
    sinceCheckpoint = 0;
  }
}

async function send(
  call: ReadCall,
  responses: Iterable<ReadResp | Buffer>,
  gone: AbortSignal,
): Promise<void> {
  for (const response of responses) {
    if (gone.aborted) return;
    if (!call.write(response)) await once(call, 'drain', { signal: gone }).catch(() => undefined);
  }
}

function placeOf(position: ReadReq.Options.Position): Place {
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
}
