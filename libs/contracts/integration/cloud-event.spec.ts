import { expect, test } from '@jest/globals';
import { CloudEvent, Kafka } from 'cloudevents';
import type { StoredEvent } from '../codec.js';
import { type CloudEventMessage, fromCloudEvent, toCloudEvent, UnreadableMessage } from './cloud-event.js';
import { isWatermark, toWatermark } from './watermark.js';

const LOG = '1a2b3c4d-0000-4000-8000-000000000001';

const stored: StoredEvent = {
  eventId: '2f1c0a52-54a7-5d6e-9f2b-0e6f0c9d7a11',
  type: 'CustomerBlocked',
  data: '{"customerId":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff","reason":"owes since März"}',
  metadata:
    '{"actor":{"actorId":"anna","role":"branch-director"},"occurredAt":"2011-11-30T14:05:00.000+01:00","schema":1}',
  stream: 'customer-6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  revision: 4,
  position: 9_007_199_254_740_993n,
  recordedAt: 1_322_658_300_123,
};

const asReadByOthers = ({ headers, value }: CloudEventMessage) => {
  const message = { headers: { ...headers }, key: stored.stream, value, body: value, timestamp: '0' };
  return Kafka.toEvent(message) as CloudEvent<unknown>;
};

test('an event comes back from its message exactly as it stands in the log', () => {
  expect(fromCloudEvent(toCloudEvent(stored, LOG))).toEqual(stored);
});

test('the CloudEvents SDK reads an event’s message', () => {
  const event = asReadByOthers(toCloudEvent(stored, LOG));
  expect(event.validate()).toBe(true);
  expect(event).toMatchObject({
    specversion: '1.0',
    id: stored.eventId,
    source: `urn:kontor:log:${LOG}`,
    type: 'kontor.CustomerBlocked.v1',
    subject: stored.stream,
    datacontenttype: 'application/json',
    logposition: '9007199254740993',
    streamrevision: '4',
    data: JSON.parse(stored.data),
  });
  expect(new Date(event.time ?? '').getTime()).toBe(Date.parse('2011-11-30T14:05:00.000+01:00'));
});

test('the CloudEvents SDK reads a watermark, and it is told from events', () => {
  const watermark = toWatermark(54_321n, LOG);
  const event = asReadByOthers(watermark);
  expect(event.validate()).toBe(true);
  expect(event).toMatchObject({ type: 'kontor.LogWatermark.v1', data: { position: '54321' } });
  expect(isWatermark(watermark)).toBe(true);
  expect(isWatermark(toCloudEvent(stored, LOG))).toBe(false);
});

test('a trace goes on in the message', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const metadata = JSON.stringify({ ...JSON.parse(stored.metadata), traceparent });
  expect(toCloudEvent({ ...stored, metadata }, LOG).headers['ce_traceparent']).toBe(traceparent);
});

test.each([
  ['another system’s message', { 'content-type': 'text/plain' }],
  ['a CloudEvent of a foreign type', { ...toCloudEvent(stored, LOG).headers, ce_type: 'com.example.parcel' }],
])('%s is refused', (_, headers) => {
  expect(() => fromCloudEvent({ headers, value: '{}' })).toThrow(UnreadableMessage);
});
