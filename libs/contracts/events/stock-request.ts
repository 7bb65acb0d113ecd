import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../define-event.js';
import {
  Code,
  Day,
  Fields,
  Quantity,
  Sku,
  StockRequestReason,
  Supplier,
  Text,
  Unit,
  Uuid,
} from '../values.js';

export const StockLine = Fields({ sku: Sku, quantity: Quantity, unit: Unit });
export type StockLine = Static<typeof StockLine>;

const StockLines = Type.Array(StockLine, { minItems: 1 });
const stockRequestFacts = {
  stockRequestId: Uuid,
  branchId: Code,
  supplier: Supplier,
  orderId: Type.Optional(Uuid),
};

/** A branch asked for stock. */
export const StockRequested = defineEvent(
  'StockRequested',
  1,
  Fields({ ...stockRequestFacts, lines: StockLines, neededBy: Day, reason: StockRequestReason }),
);

export const StockRequestConfirmed = defineEvent(
  'StockRequestConfirmed',
  1,
  Fields({ ...stockRequestFacts, promisedFor: Type.Optional(Day) }),
);

export const StockRequestRefused = defineEvent(
  'StockRequestRefused',
  1,
  Fields({ ...stockRequestFacts, reason: Text }),
);

/** Goods left the supplier: what is on its way, at most what was requested. */
export const StockDispatched = defineEvent(
  'StockDispatched',
  1,
  Fields({ ...stockRequestFacts, lines: StockLines, reference: Type.Optional(Text) }),
);

/** Goods arrived in the branch, as counted there. */
export const StockReceived = defineEvent(
  'StockReceived',
  1,
  Fields({ ...stockRequestFacts, lines: StockLines, remark: Type.Optional(Text) }),
);

export const StockRequestCancelled = defineEvent(
  'StockRequestCancelled',
  1,
  Fields({ ...stockRequestFacts, reason: Text }),
);

export type StockRequestEvent =
  | EventOf<typeof StockRequested>
  | EventOf<typeof StockRequestConfirmed>
  | EventOf<typeof StockRequestRefused>
  | EventOf<typeof StockDispatched>
  | EventOf<typeof StockReceived>
  | EventOf<typeof StockRequestCancelled>;
