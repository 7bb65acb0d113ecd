import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Appended, Expected, Place, ProposedRecord, StoredRecord } from './log.js';

/** Between protobuf messages, as the client's own stubs define them, and the stand-in's log. */

const ticksPerMillisecond = 10_000n;
const text = new TextDecoder();

export function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return Number(options.getRevision());
}

export function streamOf(holder: {
  getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } | undefined;
}): string {
  return text.decode(holder.getStreamIdentifier()?.getStreamName_asU8());
}

export function proposedOf(message: AppendReq.ProposedMessage): ProposedRecord {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function appendResponse(outcome: Appended, expected: Expected): AppendResp {
  const response = new streams.AppendResp();
  if (outcome.kind === 'wrong-version') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(outcome.current));
    if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
    else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
    else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new shared.Empty());
    else wrong.setExpectedRevision(String(expected));
    response.setWrongExpectedVersion(wrong);
    return response;
  }
  const success = new streams.AppendResp.Success();
  if (outcome.kind === 'nothing') {
    if (outcome.revision < 0) success.setNoStream(new shared.Empty());
    else success.setCurrentRevision(String(outcome.revision));
    success.setNoPosition(new shared.Empty());
  } else {
    success.setCurrentRevision(String(outcome.last.revision));
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(outcome.last.position));
    position.setPreparePosition(String(outcome.last.position));
    success.setPosition(position);
  }
  response.setSuccess(success);
  return response;
}

function eventResponse(record: StoredRecord): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(record.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifierOf(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.position));
  recorded.setPreparePosition(String(record.position));
  const metadata = recorded.getMetadataMap();
  metadata.set('type', record.type);
  metadata.set('content-type', record.contentType);
  metadata.set('created', String(BigInt(record.created) * ticksPerMillisecond));
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  const response = new streams.ReadResp();
  response.setEvent(event);
  return response;
}

const encoded = new WeakMap<StoredRecord, Buffer>();

/** The bytes of an event's response, made once: tests read the same log again and again. */
export function encodedEvent(record: StoredRecord): Buffer {
  const known = encoded.get(record);
  if (known) return known;
  const bytes = Buffer.from(eventResponse(record).serializeBinary());
  encoded.set(record, bytes);
  return bytes;
}

/** Responses to a read are sent as bytes or as messages. */
export const serializeResponse = (response: ReadResp | Buffer): Buffer =>
  Buffer.isBuffer(response) ? response : Buffer.from(response.serializeBinary());

export function confirmation(id: string): ReadResp {
  const message = new streams.ReadResp.SubscriptionConfirmation();
  message.setSubscriptionId(id);
  const response = new streams.ReadResp();
  response.setConfirmation(message);
  return response;
}

export function caughtUp(): ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

export function checkpoint(place: Place): ReadResp {
  const message = new streams.ReadResp.Checkpoint();
  message.setCommitPosition(String(place.commit));
  message.setPreparePosition(String(place.prepare));
  const response = new streams.ReadResp();
  response.setCheckpoint(message);
  return response;
}

export function streamNotFound(stream: string): ReadResp {
  const message = new streams.ReadResp.StreamNotFound();
  message.setStreamIdentifier(identifierOf(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(message);
  return response;
}

export interface RecordFilter {
  matches(record: StoredRecord): boolean;
  /** A checkpoint comes after this many records. */
  readonly checkpointEvery: number;
}

/** Without a filter everything matches, and no checkpoint is sent. */
export function filterOf(options: ReadReq.Options): RecordFilter | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = prefixes.length > 0 ? undefined : new RegExp(expression?.getRegex() ?? '');
  return {
    checkpointEvery: Math.max(1, filter.getMax()) * Math.max(1, filter.getCheckpointintervalmultiplier()),
    matches(record) {
      const subject = byStream ? record.stream : record.type;
      return regex ? regex.test(subject) : prefixes.some((prefix) => subject.startsWith(prefix));
    },
  };
}

function identifierOf(stream: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(new TextEncoder().encode(stream));
  return identifier;
}
