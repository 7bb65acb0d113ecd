import type { DomainEvent, Money, OrderLine } from '#kontor/contracts';
import { uuid } from './ids.js';

type EventOfType<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>;
type DataOf<Type extends DomainEvent['type']> = EventOfType<Type>['data'];

/** Makes events of a type: what a test does not name is made up. */
const mother =
  <Type extends DomainEvent['type']>(type: Type, standard: DataOf<Type>) =>
  (changes: Partial<DataOf<Type>> = {}): EventOfType<Type> =>
    ({ type, data: { ...standard, ...changes } }) as unknown as EventOfType<Type>;

export const eur = (euros: number): Money => ({ amount: Math.round(euros * 100), currency: 'EUR' });
export const yen = (amount: number): Money => ({ amount, currency: 'JPY' });

export const BERG = uuid(1);
export const TANAKA = uuid(2);
export const ORDER = uuid(11);
export const lineId = (number: number): string => uuid(100 + number);

const customer = {
  customerId: BERG,
  branchId: 'london',
  accountManagerId: 'anna',
  territory: 'United Kingdom',
  currency: 'EUR',
};
const order = { ...customer, orderId: ORDER };
const evidence = { policyId: 'test', policyVersion: 1, ruleId: 'test', averageRate: 0, limit: 1000 };

export const line = (
  number: number,
  amount: Money,
  { quantity = '1', ...changes }: Partial<OrderLine> = {},
): OrderLine => ({
  lineId: lineId(number),
  sku: `sku-${number}`,
  description: `Article ${number}`,
  quantity,
  unit: 'pcs',
  listPrice: '1',
  unitPrice: '1',
  amount,
  ...changes,
});

/** A line's part of an amount, of goods moved where a quantity is given. */
export const share = (
  number: number,
  amount: Money,
  more: { quantity?: string; productGroup?: string } = {},
) => ({
  lineId: lineId(number),
  sku: `sku-${number}`,
  amount,
  ...more,
});
export const moved = (number: number, amount: Money, quantity: string, productGroup?: string) => ({
  lineId: lineId(number),
  sku: `sku-${number}`,
  quantity,
  amount,
  ...(productGroup !== undefined && { productGroup }),
});

export const customerRegistered = mother('CustomerRegistered', {
  ...customer,
  naturalPerson: false,
  name: 'Berg & Söhne',
  contact: {},
  address: { country: 'United Kingdom' },
  segment: 'retail',
  paymentTermDays: 30,
});
export const customerDetailsCorrected = mother('CustomerDetailsCorrected', customer);
export const customerReassigned = mother('CustomerReassigned', {
  ...customer,
  accountManagerId: 'ben',
  previousAccountManagerId: 'anna',
  previousBranchId: 'london',
  reason: 'Anna is away',
});
export const customerSegmentChanged = mother('CustomerSegmentChanged', {
  ...customer,
  segment: 'key',
  previousSegment: 'retail',
});
export const creditTermsSet = mother('CreditTermsSet', { ...customer, paymentTermDays: 14 });
export const customerBlocked = mother('CustomerBlocked', { ...customer, reason: 'Bounced' });
export const customerUnblocked = mother('CustomerUnblocked', customer);

export const orderPlaced = ({
  lines = [line(1, eur(100))],
  ...changes
}: Partial<DataOf<'OrderPlaced'>> = {}) => {
  const total = {
    amount: lines.reduce((sum, { amount }) => sum + amount.amount, 0),
    currency: changes.currency ?? 'EUR',
  };
  return mother('OrderPlaced', { ...order, lines, listTotal: total, total, dueOn: '2011-12-30', evidence })(
    changes,
  );
};
export const discountGranted = mother('DiscountGranted', {
  ...order,
  discountId: uuid(21),
  scope: 'order',
  asked: { rate: 1000 },
  amount: eur(10),
  totalBefore: eur(100),
  totalAfter: eur(90),
  reason: 'Loyal',
  evidence,
  lines: [share(1, eur(10))],
});
export const discountWithdrawn = mother('DiscountWithdrawn', {
  ...order,
  discountId: uuid(21),
  amount: eur(10),
  totalBefore: eur(90),
  totalAfter: eur(100),
  reason: 'Granted by mistake',
  lines: [share(1, eur(10))],
});
export const orderAmended = mother('OrderAmended', {
  ...order,
  amendedLines: [line(1, eur(80))],
  listTotal: eur(80),
  totalBefore: eur(100),
  totalAfter: eur(80),
  amount: eur(-20),
  lines: [share(1, eur(-20))],
  discounts: [],
  reason: 'Fewer wanted',
  evidence,
});
export const orderCancelled = mother('OrderCancelled', {
  ...order,
  amount: eur(100),
  totalBefore: eur(100),
  totalAfter: eur(0),
  reason: 'Not wanted',
  lines: [moved(1, eur(100), '1')],
});
export const paymentReceived = mother('PaymentReceived', {
  ...order,
  paymentId: uuid(31),
  amount: eur(50),
  method: 'transfer',
  receivedOn: '2011-11-11',
  balanceBefore: eur(100),
  balanceAfter: eur(50),
});
export const paymentReversed = mother('PaymentReversed', {
  ...order,
  paymentId: uuid(31),
  amount: eur(50),
  reason: 'Bounced',
  balanceBefore: eur(50),
  balanceAfter: eur(100),
});
export const goodsIssued = mother('GoodsIssued', {
  ...order,
  issueId: uuid(41),
  amount: eur(100),
  lines: [moved(1, eur(100), '1')],
});
export const goodsReturned = mother('GoodsReturned', {
  ...order,
  returnId: uuid(51),
  amount: eur(25),
  lines: [moved(1, eur(25), '0.25')],
  reason: 'Torn',
  balanceBefore: eur(100),
  balanceAfter: eur(75),
});
export const creditNoted = mother('CreditNoted', {
  ...customer,
  creditNoteId: uuid(61),
  amount: eur(5),
  lines: [],
  reason: 'discount',
});

const stockRequest = { stockRequestId: uuid(71), branchId: 'london', supplier: 'central-warehouse' } as const;
export const stockRequested = mother('StockRequested', {
  ...stockRequest,
  lines: [{ sku: 'sku-1', quantity: '5', unit: 'pcs' }],
  neededBy: '2011-12-24',
  reason: 'replenishment',
});
export const stockRequestConfirmed = mother('StockRequestConfirmed', stockRequest);
export const stockRequestRefused = mother('StockRequestRefused', { ...stockRequest, reason: 'None left' });
export const stockDispatched = mother('StockDispatched', {
  ...stockRequest,
  lines: [{ sku: 'sku-1', quantity: '4', unit: 'pcs' }],
});
export const stockReceived = mother('StockReceived', {
  ...stockRequest,
  lines: [{ sku: 'sku-1', quantity: '3', unit: 'pcs' }],
});
export const stockRequestCancelled = mother('StockRequestCancelled', {
  ...stockRequest,
  reason: 'Not needed',
});

const plan = {
  planId: uuid(81),
  scope: { kind: 'account-manager', id: 'anna' },
  branchId: 'london',
  period: '2011-11',
  measure: 'ordered',
  currency: 'EUR',
} as const;
export const salesPlanSet = mother('SalesPlanSet', { ...plan, targets: [{ target: eur(1000) }] });
export const salesPlanRevised = mother('SalesPlanRevised', {
  ...plan,
  targets: [{ target: eur(1200) }],
  reason: 'Christmas',
});
export const salesPlanClosed = mother('SalesPlanClosed', plan);

export const commandRefused = mother('CommandRefused', {
  commandId: uuid(91),
  command: 'GrantDiscount',
  stream: `order-${ORDER}`,
  customerId: BERG,
  orderId: ORDER,
  branchId: 'london',
  code: 'order.discount-limit-exceeded',
  figures: { averageRate: 1200, limit: 1000 },
});
