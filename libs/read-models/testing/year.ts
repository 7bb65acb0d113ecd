import type { Actor } from '#kontor/contracts';
import { History } from './history.js';
import { uuid } from './ids.js';
import * as made from './mothers.js';
import { eur, line, moved, share, TANAKA, yen } from './mothers.js';

export const OTTO = uuid(3);
/** Of Berg: discounted, amended, issued, overpaid, returned, a payment reversed, the discount withdrawn. */
export const EVENTFUL_ORDER = uuid(11);
/** Of Berg: cancelled. */
export const CANCELLED_ORDER = uuid(12);
/** Of Berg, after ben took over. */
export const LATER_ORDER = uuid(13);
export const TANAKAS_ORDER = uuid(14);
/** Of Otto, in Berlin. */
export const BERLIN_ORDER = uuid(15);
/** Anna's, November, ordered: for all, and for linen. */
export const ANNAS_PLAN = uuid(81);
/** Branch London, fourth quarter, paid. */
export const LONDONS_PLAN = uuid(82);
/** Germany, the year, issued; target 0. */
export const TERRITORY_PLAN = uuid(83);
/** Of London, for the eventful order. */
export const STOCK_FOR_ORDER = uuid(71);
export const STOCK_FOR_BERLIN = uuid(72);

export const director: Actor = { actorId: 'dora', role: 'branch-director', branchId: 'london' };
export const otto: Actor = { actorId: 'otto', role: 'account-manager', branchId: 'berlin' };
const ben: Actor = { actorId: 'ben', role: 'account-manager', branchId: 'london' };
const warehouse: Actor = { actorId: 'wanda', role: 'warehouse', branchId: 'london' };
const accounting: Actor = { actorId: 'bea', role: 'accounting' };
const shop: Actor = { actorId: 'shop', role: 'sales-system', branchId: 'london' };

const tanaka = { customerId: TANAKA, currency: 'JPY', territory: 'Japan' };
const berlin = {
  customerId: OTTO,
  branchId: 'berlin',
  accountManagerId: 'otto',
  territory: 'Germany',
};

/** A small history with everything that changes a figure. */
export function aSmallYear(): History {
  const year = new History();
  registrations(year);
  plans(year);
  eventfulOrder(year);
  otherOrders(year);
  stock(year);
  // Found in a drawer: recorded last of all, and counted when it came in.
  const payment = { paymentId: uuid(34), amount: eur(10), balanceBefore: eur(74), balanceAfter: eur(64) };
  return year.add(made.paymentReceived(payment), { at: '2011-11-07', by: accounting });
}

function registrations(year: History): void {
  year
    .add(made.customerRegistered({ customerNumber: '1001', creditLimit: eur(5000) }), { at: '2011-10-01' })
    .add(made.customerRegistered({ ...tanaka, name: 'Tanaka Kōgyō' }), { at: '2011-10-02' })
    .add(made.customerRegistered({ ...berlin, name: 'Otto GmbH' }), {
      at: '2011-10-03T00:30:00.000+02:00',
      by: otto,
    });
}

function plans(year: History): void {
  const targets = [{ target: eur(1000) }, { productGroup: 'linen', target: eur(300) }];
  year
    .add(made.salesPlanSet({ planId: ANNAS_PLAN, targets }), { at: '2011-10-05', by: director })
    .add(
      made.salesPlanSet({
        planId: LONDONS_PLAN,
        scope: { kind: 'branch', id: 'london' },
        period: '2011-Q4',
        measure: 'paid',
        targets: [{ target: eur(500) }],
      }),
      { at: '2011-10-05', by: director },
    )
    .add(
      made.salesPlanSet({
        planId: TERRITORY_PLAN,
        scope: { kind: 'territory', id: 'Germany' },
        branchId: 'berlin',
        period: '2011',
        measure: 'issued',
        targets: [{ target: eur(0) }],
      }),
      { at: '2011-10-05' },
    )
    .add(
      made.salesPlanRevised({
        planId: ANNAS_PLAN,
        targets: [{ target: eur(1200) }, { productGroup: 'linen', target: eur(300) }],
      }),
      { at: '2011-11-20', by: director },
    );
}

function eventfulOrder(year: History): void {
  const linen = { productGroup: 'linen' };
  const cotton = { productGroup: 'cotton' };
  year
    .add(
      made.orderPlaced({
        orderNumber: 'A-1',
        lines: [
          line(1, eur(100), { quantity: '10', unitPrice: '10', ...linen }),
          line(2, eur(100), { quantity: '4', unitPrice: '25', ...cotton }),
        ],
      }),
      { at: '2011-10-30' },
    )
    .add(
      made.discountGranted({
        amount: eur(20),
        totalBefore: eur(200),
        totalAfter: eur(180),
        lines: [share(1, eur(10), linen), share(2, eur(10), cotton)],
      }),
      { at: '2011-11-01' },
    )
    .add(
      made.orderAmended({
        amendedLines: [
          line(1, eur(120), { quantity: '12', unitPrice: '10', ...linen }),
          line(3, eur(30), { quantity: '3', unitPrice: '10' }),
        ],
        listTotal: eur(150),
        totalBefore: eur(180),
        totalAfter: eur(130),
        amount: eur(-50),
        lines: [share(1, eur(14), linen), share(2, eur(-90), cotton), share(3, eur(26))],
        discounts: [{ discountId: uuid(21), shares: [share(1, eur(16), linen), share(3, eur(4))] }],
      }),
      { at: '2011-11-02' },
    )
    .add(made.goodsIssued({ amount: eur(52), lines: [moved(1, eur(52), '6', 'linen')] }), {
      at: '2011-11-03',
    })
    .add(made.paymentReceived({ balanceBefore: eur(130), balanceAfter: eur(80) }), {
      at: '2011-11-05',
      by: accounting,
    })
    .add(
      made.paymentReceived({
        paymentId: uuid(32),
        amount: eur(100),
        balanceBefore: eur(80),
        balanceAfter: eur(-20),
      }),
      { at: '2011-11-06', by: accounting },
    )
    .add(made.goodsReturned({ amount: eur(26), lines: [moved(1, eur(26), '3', 'linen')] }), {
      at: '2011-11-10',
    })
    .add(made.paymentReversed({ paymentId: uuid(32), amount: eur(100) }), {
      at: '2011-11-12',
      by: accounting,
    })
    .add(
      made.discountWithdrawn({
        amount: eur(20),
        totalBefore: eur(130),
        totalAfter: eur(150),
        lines: [share(1, eur(16), linen), share(3, eur(4))],
      }),
      { at: '2011-11-15' },
    )
    .add(made.commandRefused(), { at: '2011-11-16' });
}

function otherOrders(year: History): void {
  const cancelled = { orderId: CANCELLED_ORDER };
  const linen = { productGroup: 'linen' };
  year
    .add(
      made.orderPlaced({
        ...cancelled,
        orderNumber: 'A-2',
        lines: [line(1, eur(100), { quantity: '2', ...linen })],
      }),
      { at: '2011-11-20' },
    )
    .add(
      made.creditNoted({
        creditNoteNumber: 'C-1',
        amount: eur(10),
        lines: [
          {
            lineId: uuid(190),
            sku: 'sku-1',
            description: 'Article 1',
            ...linen,
            quantity: '1',
            unit: 'pcs',
            unitPrice: '10',
            amount: eur(10),
          },
        ],
        reason: 'return',
      }),
      { at: '2011-11-25' },
    )
    .add(made.orderCancelled({ ...cancelled, lines: [moved(1, eur(100), '2', 'linen')] }), {
      at: '2011-12-01',
    })
    .add(made.creditNoted({ creditNoteId: uuid(62) }), { at: '2011-12-02' })
    .add(made.customerReassigned(), { at: '2011-12-03', by: director })
    .add(
      made.orderPlaced({
        orderId: LATER_ORDER,
        orderNumber: 'A-3',
        accountManagerId: 'ben',
        lines: [line(4, eur(40))],
      }),
      { at: '2011-12-05', by: ben },
    )
    .add(
      made.orderPlaced({
        ...tanaka,
        orderId: TANAKAS_ORDER,
        lines: [line(1, yen(3000), { quantity: '2.5', unit: 'm' })],
      }),
      { by: shop, onBehalfOf: 'anna' },
    )
    .add(
      made.paymentReceived({
        ...tanaka,
        orderId: TANAKAS_ORDER,
        paymentId: uuid(33),
        amount: yen(3000),
        balanceBefore: yen(3000),
        balanceAfter: yen(0),
      }),
      { by: accounting },
    )
    .add(
      made.orderPlaced({
        ...berlin,
        orderId: BERLIN_ORDER,
        lines: [line(2, eur(70), { productGroup: 'cotton' })],
      }),
      { at: '2011-11-12T00:15:00.000+01:00', by: otto },
    );
}

function stock(year: History): void {
  const forOrder = { stockRequestId: STOCK_FOR_ORDER, orderId: EVENTFUL_ORDER };
  const forBerlin = { stockRequestId: STOCK_FOR_BERLIN, branchId: 'berlin' };
  year
    .add(made.stockRequested({ ...forOrder, reason: 'order' }))
    .add(made.stockRequested(forBerlin), { by: otto })
    .add(made.stockRequestConfirmed({ ...forOrder, promisedFor: '2011-11-20' }), { by: warehouse })
    .add(made.stockDispatched(forOrder), { by: warehouse })
    .add(made.stockRequestRefused(forBerlin), { by: warehouse })
    .add(made.stockReceived(forOrder));
}
