import { Type, type Static } from '@sinclair/typebox';
import {
  Code,
  Day,
  Fields,
  StockLine,
  StockRequestReason,
  Supplier,
  Text,
  Uuid,
  ZonedInstant,
} from '#kontor/contracts';
import { Nullable, Revision } from '../query/values.js';
import { STOCK_REQUEST_STATUSES } from './rows.js';

/** A stock request as it stands now. */
export const StockRequestAnswer = Fields({
  stockRequestId: Uuid,
  branchId: Code,
  supplier: Supplier,
  orderId: Nullable(Uuid),
  requestedBy: Code,
  requestedAt: ZonedInstant,
  reason: StockRequestReason,
  neededBy: Day,
  status: Type.Unsafe<(typeof STOCK_REQUEST_STATUSES)[number]>({
    type: 'string',
    enum: [...STOCK_REQUEST_STATUSES],
  }),
  promisedFor: Nullable(Day),
  closingReason: Nullable(Text),
  lines: Type.Array(StockLine),
  dispatchedLines: Nullable(Type.Array(StockLine)),
  receivedLines: Nullable(Type.Array(StockLine)),
  revision: Revision,
});
export type StockRequestAnswer = Static<typeof StockRequestAnswer>;
