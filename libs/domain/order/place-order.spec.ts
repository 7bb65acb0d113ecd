import { describe, test } from '@jest/globals';
import { customerBlocked, customerOf, customerRegistered } from '../testing/customer-mother.js';
import { orderLine, orderPlaced } from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { CUSTOMER_ID, eur, facts, lineId, ORDER_ID, percent, yen } from '../testing/values.js';
import { order } from './order.js';
import { placeOrder, type PlaceOrder } from './place-order.js';

const given = scenario(order);

const piece = { sku: 'sku-0', quantity: '10', unitPrice: '10.00' };
const ordering = (command: Partial<PlaceOrder> = {}): PlaceOrder => ({
  orderId: ORDER_ID,
  customerId: CUSTOMER_ID,
  lines: [piece],
  ...command,
});
const orderFacts = ({ customer = customerOf(), limit = percent(10) } = {}) => ({
  ...facts({ limit }),
  customer,
});

describe('Placing an order', () => {
  test('prices each line once and sums what was rounded', () => {
    given()
      .when(
        placeOrder,
        ordering({
          orderNumber: '536365',
          lines: [
            {
              sku: 'cloth',
              description: 'Linen',
              productGroup: 'fabric',
              quantity: '2.5',
              unit: 'm',
              unitPrice: '3.333',
              listPrice: '3.5',
            },
            { sku: 'pin', quantity: '5', unitPrice: '0.001' },
          ],
        }),
        orderFacts(),
      )
      .records('OrderPlaced', {
        orderNumber: '536365',
        customerId: CUSTOMER_ID,
        branchId: 'london',
        accountManagerId: 'anna',
        territory: 'United Kingdom',
        currency: 'EUR',
        lines: [
          { lineId: lineId(0), unit: 'm', listPrice: '3.5', amount: eur(8.33) },
          { lineId: lineId(1), description: '', unit: 'pcs', listPrice: '0.001', amount: eur(0.01) },
        ],
        listTotal: eur(8.76),
        total: eur(8.34),
        dueOn: '2011-12-30',
        evidence: { averageRate: 479 },
      });
  });

  test('takes a territory and line ids from the caller', () => {
    given()
      .when(
        placeOrder,
        ordering({ territory: 'Wales', lines: [{ ...piece, lineId: lineId(5) }] }),
        orderFacts(),
      )
      .records('OrderPlaced', { territory: 'Wales', lines: [{ lineId: lineId(5) }] });
  });

  test('counts whole yen', () => {
    const customer = customerOf(customerRegistered({ currency: 'JPY' }));
    given()
      .when(
        placeOrder,
        ordering({ lines: [{ sku: 'fan', quantity: '3', unitPrice: '33.5' }] }),
        orderFacts({ customer }),
      )
      .records('OrderPlaced', { total: yen(101) });
  });

  test('may total 0, at a rate of 0', () => {
    given()
      .when(placeOrder, ordering({ lines: [{ ...piece, unitPrice: '0' }] }), orderFacts({ limit: 0 }))
      .records('OrderPlaced', { total: eur(0), evidence: { averageRate: 0, limit: 0 } });
  });

  test('may ask more than the list price, at a negative rate', () => {
    given()
      .when(placeOrder, ordering({ lines: [{ ...piece, listPrice: '8.00' }] }), orderFacts({ limit: 0 }))
      .records('OrderPlaced', { listTotal: eur(80), total: eur(100), evidence: { averageRate: -2500 } });
  });

  test('is refused to a customer who is blocked', () => {
    given()
      .when(
        placeOrder,
        ordering(),
        orderFacts({ customer: customerOf(customerRegistered(), customerBlocked()) }),
      )
      .refuses('customer.blocked', { customerId: CUSTOMER_ID });
  });

  test('is refused where price cuts go beyond the limit', () => {
    given()
      .when(placeOrder, ordering({ lines: [{ ...piece, listPrice: '12.00' }] }), orderFacts())
      .refuses('order.discount-limit-exceeded', { averageRate: 1667, limit: 1000 });
  });

  test.each([
    ['no lines', { lines: [] }, 'order.no-lines'],
    ['a quantity of 0', { lines: [{ ...piece, quantity: '0.000' }] }, 'order.quantity-not-positive'],
    [
      'a line id given twice',
      {
        lines: [
          { ...piece, lineId: lineId(0) },
          { ...piece, lineId: lineId(0) },
        ],
      },
      'order.line-id-repeated',
    ],
    ['another currency than the customer’s', { currency: 'GBP' }, 'currency-mismatch'],
    [
      'an amount that can’t be told exactly',
      { lines: [{ ...piece, quantity: '999999999999', unitPrice: '999999' }] },
      'amount-too-large',
    ],
    [
      'a sum that can’t be told exactly',
      { lines: Array.from({ length: 10 }, () => ({ ...piece, quantity: '999999999999', unitPrice: '90' })) },
      'amount-too-large',
    ],
    [
      'a list total that can’t be told exactly',
      { lines: [{ ...piece, listPrice: '999999999999', quantity: '999999999999' }] },
      'amount-too-large',
    ],
    [
      'a rate that can’t be told exactly',
      { lines: [{ ...piece, listPrice: '0.01', quantity: '1', unitPrice: '90000000000000' }] },
      'amount-too-large',
    ],
  ] as const)('is refused for %s', (_case, command, code) => {
    given().when(placeOrder, ordering(command), orderFacts()).refuses(code);
  });

  test('repeats what it did for the same id and content, whatever happened to the customer since', () => {
    const customer = customerOf(customerRegistered(), customerBlocked());
    given(orderPlaced()).when(placeOrder, ordering(), orderFacts({ customer })).repeats(0);
  });

  test('is refused for the same id with other content', () => {
    given(orderPlaced([orderLine(0, { quantity: '11' })]))
      .when(placeOrder, ordering(), orderFacts())
      .refuses('order.id-reused', { orderId: ORDER_ID });
  });
});
