import { describe, test } from '@jest/globals';
import {
  discountGranted,
  goodsIssued,
  orderCancelled,
  orderLine,
  orderPlaced,
} from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, lineId, ORDER_ID, uuid } from '../testing/values.js';
import { issueGoods, type IssueGoods } from './issue-goods.js';
import { order } from './order.js';

const given = scenario(order);
const issue = (quantity: string, command: Partial<IssueGoods> = {}): IssueGoods => ({
  orderId: ORDER_ID,
  issueId: uuid(30),
  lines: [{ lineId: lineId(0), quantity }],
  ...command,
});
const again = { issueId: uuid(31) };

describe('Issuing goods', () => {
  test('tells what the issued pieces cost after discounts', () => {
    given(orderPlaced([orderLine(0, { productGroup: 'toys' })]), discountGranted(10_000, [1000]))
      .when(issueGoods, issue('2.5', { reference: 'slip 7' }), facts())
      .records('GoodsIssued', {
        amount: eur(22.5),
        reference: 'slip 7',
        lines: [
          { lineId: lineId(0), sku: 'sku-0', productGroup: 'toys', quantity: '2.5', amount: eur(22.5) },
        ],
      });
  });

  test('splits cumulatively: three thirds of 1.00 are 0.33, 0.34 and 0.33', () => {
    const placed = orderPlaced([orderLine(0, { quantity: '3', unitPrice: '0.333333' })]);
    const first = given(placed)
      .when(issueGoods, issue('1'), facts())
      .records('GoodsIssued', { amount: eur(0.33) });
    const second = given(placed, first)
      .when(issueGoods, issue('1', again), facts())
      .records('GoodsIssued', { amount: eur(0.34) });
    given(placed, first, second)
      .when(issueGoods, issue('1', { issueId: uuid(32) }), facts())
      .records('GoodsIssued', { amount: eur(0.33) });
  });

  test('is refused beyond what was ordered', () => {
    given(orderPlaced(), goodsIssued({ quantity: '8', amount: 8000 }))
      .when(issueGoods, issue('2.001', again), facts())
      .refuses('order.over-issue', { lineId: lineId(0), asked: '2.001', left: '2' });
  });

  test('repeats what it did for the same id and content', () => {
    given(orderPlaced(), goodsIssued({ quantity: '8', amount: 8000 }))
      .when(issueGoods, issue('8'), facts())
      .repeats(1);
  });

  test('is refused for the same id with other content', () => {
    given(orderPlaced(), goodsIssued({ quantity: '8', amount: 8000 }))
      .when(issueGoods, issue('1'), facts())
      .refuses('order.issue-id-reused', { issueId: uuid(30) });
  });

  test('is refused on a cancelled order', () => {
    given(orderPlaced(), orderCancelled(10_000, [{ quantity: '10', amount: 10_000 }]))
      .when(issueGoods, issue('1'), facts())
      .refuses('order.not-open');
  });

  test.each([
    ['no lines', [], 'order.no-lines'],
    ['a line that is not there', [{ lineId: lineId(7), quantity: '1' }], 'order.line-unknown'],
    ['a quantity of 0', [{ lineId: lineId(0), quantity: '0' }], 'order.quantity-not-positive'],
    [
      'a line named twice',
      [
        { lineId: lineId(0), quantity: '1' },
        { lineId: lineId(0), quantity: '1' },
      ],
      'order.line-id-repeated',
    ],
  ] as const)('is refused for %s', (_case, lines, code) => {
    given(orderPlaced()).when(issueGoods, issue('1', { lines }), facts()).refuses(code);
  });
});
