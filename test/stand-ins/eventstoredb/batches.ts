import type { ServerDuplexStream } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendRequest } from './appending.js';
import type { Appended, Expected } from './log.js';
import { proposedOf, streamOf } from './messages.js';

export type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** The path that the client takes by default and Kontor never does: here so that the client's default works too. */
export function serveBatches(call: BatchCall, write: (request: AppendRequest) => Promise<Appended>): void {
  const parts = new Map<
    string,
    { options: BatchAppendReq.Options | undefined; messages: BatchAppendReq[] }
  >();
  call.on('data', (message: BatchAppendReq) => {
    const id = message.getCorrelationId();
    const key = id?.getString() ?? '';
    const part = parts.get(key) ?? { options: message.getOptions(), messages: [] };
    parts.set(key, part);
    part.messages.push(message);
    if (!message.getIsFinal()) return;
    parts.delete(key);
    const expected = expectedOf(part.options);
    const request = {
      stream: part.options ? streamOf(part.options) : '',
      expected,
      events: part.messages.flatMap((each) => each.getProposedMessagesList().map(proposedOf)),
    };
    void write(request).then((outcome) => {
      const response = responseTo(outcome, expected);
      response.setCorrelationId(id);
      response.setStreamIdentifier(part.options?.getStreamIdentifier());
      return call.write(response);
    });
  });
  call.on('end', () => call.end());
}

function expectedOf(options: BatchAppendReq.Options | undefined): Expected {
  if (!options || options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getStreamPosition());
}

function responseTo(outcome: Appended, expected: Expected): BatchAppendResp {
  const response = new streams.BatchAppendResp();
  if (outcome.kind === 'wrong-version') {
    response.setError(wrongVersion(outcome.current, expected));
    return response;
  }
  const success = new streams.BatchAppendResp.Success();
  if (outcome.kind === 'nothing') {
    success.setNoStream(new empty.Empty());
    success.setNoPosition(new empty.Empty());
  } else {
    success.setCurrentRevision(String(outcome.last.revision));
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.last.position));
    position.setPreparePosition(String(outcome.last.position));
    success.setPosition(position);
  }
  response.setSuccess(success);
  return response;
}

function wrongVersion(current: number, expected: Expected) {
  const wrong = new shared.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === 'no-stream') wrong.setExpectedNoStream(new empty.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new empty.Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new empty.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  const details = new any.Any();
  details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  const error = new status.Status();
  error.setCode(9);
  error.setMessage('WrongExpectedVersion');
  error.setDetails(details);
  return error;
}
