import {
  decodeEvent,
  encodeEvent,
  type Actor,
  type DomainEvent,
  type LoggedEvent,
  type StoredEvent,
} from '#kontor/contracts';
import { uuid } from './ids.js';

export const anna: Actor = { actorId: 'anna', role: 'account-manager', branchId: 'london' };

interface Circumstances {
  /** A day, or an instant with offset. */
  readonly at?: string;
  readonly by?: Actor;
  readonly onBehalfOf?: string;
}

const categories: readonly (readonly [string, string])[] = [
  ['stockRequestId', 'stock-request'],
  ['planId', 'sales-plan'],
  ['creditNoteId', 'credit-note'],
  ['orderId', 'order'],
  ['customerId', 'customer'],
];

/** The stream that an event of these data stands in. */
function streamOf({ type, data }: DomainEvent): string {
  if (type === 'CommandRefused') return `refusal-${data.commandId}`;
  const [idField, category] = categories.find(([field]) => field in data) ?? ['', ''];
  return `${category}-${String(Object.entries(data).find(([field]) => field === idField)?.[1])}`;
}

/** A made-up history: events in the order in which they were recorded, one second apart. */
export class History {
  readonly stored: StoredEvent[] = [];
  #recordedAt = Date.parse('2012-01-01T00:00:00Z');
  readonly #revisions = new Map<string, number>();

  add(event: DomainEvent, { at = '2011-11-11', by = anna, onBehalfOf }: Circumstances = {}): this {
    const stream = streamOf(event);
    const revision = this.#revisions.get(stream) ?? 0;
    this.#revisions.set(stream, revision + 1);
    const position = this.stored.length + 1;
    const encoded = encodeEvent(event, uuid(500_000 + position), {
      commandId: uuid(600_000 + position),
      commandDigest: 'a'.repeat(64),
      correlationId: uuid(600_000 + position),
      causationId: uuid(600_000 + position),
      actor: by,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      authority: { kind: 'role', reference: by.role },
      occurredAt: at.includes('T') ? at : `${at}T12:00:00.000+00:00`,
    });
    this.#recordedAt += 1000;
    this.stored.push({
      ...encoded,
      stream,
      revision,
      position: BigInt(position),
      recordedAt: this.#recordedAt,
    });
    return this;
  }

  get events(): LoggedEvent[] {
    return this.stored.map(decodeEvent);
  }
}
