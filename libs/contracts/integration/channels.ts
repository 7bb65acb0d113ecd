import type { EventType } from '../events/index.js';

/** Which events a category of streams holds: one topic each. */
export const eventsByCategory = {
  customer: [
    'CustomerRegistered',
    'CustomerDetailsCorrected',
    'CustomerReassigned',
    'CustomerSegmentChanged',
    'CreditTermsSet',
    'CustomerBlocked',
    'CustomerUnblocked',
  ],
  order: [
    'OrderPlaced',
    'DiscountGranted',
    'DiscountWithdrawn',
    'OrderAmended',
    'OrderCancelled',
    'PaymentReceived',
    'PaymentReversed',
    'GoodsIssued',
    'GoodsReturned',
  ],
  'credit-note': ['CreditNoted'],
  'stock-request': [
    'StockRequested',
    'StockRequestConfirmed',
    'StockRequestRefused',
    'StockDispatched',
    'StockReceived',
    'StockRequestCancelled',
  ],
  'sales-plan': ['SalesPlanSet', 'SalesPlanRevised', 'SalesPlanClosed'],
  refusal: ['CommandRefused'],
} as const satisfies Record<string, readonly EventType[]>;

export type StreamCategory = keyof typeof eventsByCategory;

export const STREAM_CATEGORIES = Object.keys(eventsByCategory) as readonly StreamCategory[];

/** What the names of the topics begin with, unless a deployment chooses another: several may share a cluster. */
export const TOPIC_PREFIX = 'kontor';

/** Where the events of a category are published. */
export const topicOf = (category: StreamCategory, prefix = TOPIC_PREFIX): string => `${prefix}.${category}`;

export const topicsOf = (prefix = TOPIC_PREFIX): readonly string[] =>
  STREAM_CATEGORIES.map((category) => topicOf(category, prefix));

/** The category of a stream such as `credit-note-6f96…`; throws for a stream that is none of ours. */
export function categoryOf(stream: string): StreamCategory {
  const category = STREAM_CATEGORIES.find((category) => stream.startsWith(`${category}-`));
  if (!category) throw new Error(`no topic is known for stream ${stream}`);
  return category;
}

const categoryByEvent = new Map<EventType, StreamCategory>(
  STREAM_CATEGORIES.flatMap((category) =>
    eventsByCategory[category].map((event) => [event, category] as const),
  ),
);

/** The category of the streams that hold such events. */
export function categoryOfEvent(type: EventType): StreamCategory {
  const category = categoryByEvent.get(type);
  if (!category) throw new Error(`no topic is known for event ${type}`);
  return category;
}
