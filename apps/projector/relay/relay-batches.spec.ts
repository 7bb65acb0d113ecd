import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kontor/event-store';
import { oneByOne, relayBatches } from './relay-batches.js';

const recorded = (position: bigint, size: number, stream = 'order-1'): RecordedEvent => ({
  eventId: `00000000-0000-4000-8000-00000000000${position}`,
  type: 'PaymentReceived',
  data: JSON.stringify({ memo: 'ü'.repeat(size / 2) }),
  metadata: JSON.stringify({ occurredAt: '2011-11-30T14:05:00.000+00:00', schema: 1 }),
  stream,
  revision: 0,
  position,
  recordedAt: 0,
});

const topics = { topicPrefix: 'kontor', partitions: new Map([['kontor.order', 4]]) };
const bounds = { bytesAPartition: 10_000, bytes: 25_000 };

const cut = (events: readonly RecordedEvent[]) =>
  [...relayBatches(events, 'log', topics, bounds)].map(({ messages, last }) => ({
    messages: messages.length,
    last: last.position,
  }));

describe('The events that go out in one send', () => {
  it('hold fewer bytes of a partition than a send may, counted as they are sent', () => {
    expect(cut([recorded(1n, 4_000), recorded(2n, 4_000), recorded(3n, 4_000)])).toEqual([
      { messages: 2, last: 2n },
      { messages: 1, last: 3n },
    ]);
  });

  it('are more where they are of several partitions, up to a bound of all', () => {
    const events = ['a', 'b', 'e', 'g'].map((name, index) =>
      recorded(BigInt(index + 1), 8_000, `order-${name}`),
    );
    const places = new Set(
      [...relayBatches(events, 'log', topics)].flatMap(({ messages }) =>
        messages.map(({ partition }) => partition),
      ),
    );
    expect(places.size).toBe(4);
    expect(cut(events)).toEqual([
      { messages: 2, last: 2n },
      { messages: 2, last: 4n },
    ]);
  });

  it('are one alone where it is larger than a send should be', () => {
    expect(cut([recorded(1n, 100), recorded(2n, 20_000), recorded(3n, 100)])).toEqual([
      { messages: 1, last: 1n },
      { messages: 1, last: 2n },
      { messages: 1, last: 3n },
    ]);
  });

  it('are one each where that is wanted', () => {
    const events = [recorded(1n, 100), recorded(2n, 100)];
    expect([...relayBatches(events, 'log', topics, oneByOne)]).toHaveLength(2);
  });

  it('go to topics of the given prefix', () => {
    const north = { topicPrefix: 'north', partitions: new Map([['north.order', 4]]) };
    const [batch] = relayBatches([recorded(1n, 100)], 'log', north);
    expect(batch?.messages).toMatchObject([{ topic: 'north.order', key: 'order-1' }]);
  });

  it('are none where there are none', () => {
    expect(cut([])).toEqual([]);
  });
});
