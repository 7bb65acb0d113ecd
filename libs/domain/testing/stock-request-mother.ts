import type { StockLine, StockRequestEvent } from '#kontor/contracts';
import { uuid } from './values.js';

type Event<Type extends StockRequestEvent['type']> = Extract<StockRequestEvent, { type: Type }>;

export const STOCK_REQUEST_ID = uuid(4);

const requestFacts = {
  stockRequestId: STOCK_REQUEST_ID,
  branchId: 'london',
  supplier: 'central-warehouse' as const,
};

const metres = (sku: string, quantity: string): StockLine => ({ sku, quantity, unit: 'm' });

/** 10 m of linen and 5 m of silk. */
export const stockRequested = (): Event<'StockRequested'> => ({
  type: 'StockRequested',
  data: {
    ...requestFacts,
    lines: [metres('linen', '10'), metres('silk', '5')],
    neededBy: '2011-12-05',
    reason: 'replenishment',
  },
});

export const stockRequestConfirmed = (promisedFor = '2011-12-03'): Event<'StockRequestConfirmed'> => ({
  type: 'StockRequestConfirmed',
  data: { ...requestFacts, promisedFor },
});

export const stockRequestRefused = (): Event<'StockRequestRefused'> => ({
  type: 'StockRequestRefused',
  data: { ...requestFacts, reason: 'sold out' },
});

export const stockRequestCancelled = (): Event<'StockRequestCancelled'> => ({
  type: 'StockRequestCancelled',
  data: { ...requestFacts, reason: 'not needed' },
});

export const stockDispatched = (linen: string, silk: string): Event<'StockDispatched'> => ({
  type: 'StockDispatched',
  data: { ...requestFacts, lines: [metres('linen', linen), metres('silk', silk)] },
});

export const stockReceived = (linen: string, silk: string): Event<'StockReceived'> => ({
  type: 'StockReceived',
  data: { ...requestFacts, lines: [metres('linen', linen), metres('silk', silk)] },
});
