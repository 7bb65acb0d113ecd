import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kontor/event-store';
import { relayBatches } from './relay-batches.js';

const recorded = (position: bigint, size: number): RecordedEvent => ({
  eventId: `00000000-0000-4000-8000-00000000000${position}`,
  type: 'PaymentReceived',
  data: JSON.stringify({ memo: 'ü'.repeat(size / 2) }),
  metadata: JSON.stringify({ occurredAt: '2011-11-30T14:05:00.000+00:00', schema: 1 }),
  stream: 'order-1',
  revision: 0,
  position,
  recordedAt: 0,
});

const cut = (sizes: readonly number[]) =>
  [
    ...relayBatches(
      sizes.map((size, index) => recorded(BigInt(index + 1), size)),
      'log',
      10_000,
    ),
  ].map(({ messages, last }) => ({ messages: messages.length, last: last.position }));

describe('The events that go out in one send', () => {
  it('hold fewer bytes together than a send may, counted as they are sent', () => {
    expect(cut([4_000, 4_000, 4_000])).toEqual([
      { messages: 2, last: 2n },
      { messages: 1, last: 3n },
    ]);
  });

  it('are one alone where it is larger than a send should be', () => {
    expect(cut([100, 20_000, 100])).toEqual([
      { messages: 1, last: 1n },
      { messages: 1, last: 2n },
      { messages: 1, last: 3n },
    ]);
  });

  it('are none where there are none', () => {
    expect(cut([])).toEqual([]);
  });
});
