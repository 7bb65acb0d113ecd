import type { OrderEvent } from '#kontor/contracts';

type OrderFacts = 'orderId' | 'customerId' | 'branchId' | 'accountManagerId' | 'territory' | 'currency';

/** An event of an order as the read model keeps it: without what the order's row says already. */
export type KeptOrderEvent = {
  readonly [Event in OrderEvent as Event['type']]: {
    readonly kind: Event['type'];
    readonly details: Omit<Event['data'], OrderFacts>;
    readonly occurredAt: string;
    readonly utcOffset: number;
  };
}[OrderEvent['type']];
