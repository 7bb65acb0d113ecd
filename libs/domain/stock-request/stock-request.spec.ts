import { describe, test } from '@jest/globals';
import { scenario } from '../testing/scenario.js';
import {
  STOCK_REQUEST_ID,
  stockDispatched,
  stockReceived,
  stockRequestCancelled,
  stockRequestConfirmed,
  stockRequested,
  stockRequestRefused,
} from '../testing/stock-request-mother.js';
import { facts, ORDER_ID } from '../testing/values.js';
import { cancelStockRequest } from './cancel-stock-request.js';
import { confirmStockRequest } from './confirm-stock-request.js';
import { dispatchStock } from './dispatch-stock.js';
import { receiveStock } from './receive-stock.js';
import { refuseStockRequest } from './refuse-stock-request.js';
import { requestStock, type RequestStock } from './request-stock.js';
import { stockRequest } from './stock-request.js';

const given = scenario(stockRequest);
const stockRequestId = STOCK_REQUEST_ID;
const reason = 'not needed';

const request = (command: Partial<RequestStock> = {}): RequestStock => ({
  stockRequestId,
  branchId: 'london',
  supplier: 'central-warehouse',
  lines: [
    { sku: 'linen', quantity: '10', unit: 'm' },
    { sku: 'silk', quantity: '5', unit: 'm' },
  ],
  neededBy: '2011-12-05',
  reason: 'replenishment',
  ...command,
});

describe('Requesting stock', () => {
  test('asks a supplier, for an order or for none', () => {
    given()
      .when(requestStock, request({ orderId: ORDER_ID, lines: [{ sku: 'pin', quantity: '100' }] }), facts())
      .records('StockRequested', { orderId: ORDER_ID, lines: [{ sku: 'pin', unit: 'pcs' }] });
  });

  test('repeats what it did for the same id and content', () => {
    given(stockRequested(), stockRequestConfirmed()).when(requestStock, request(), facts()).repeats(0);
  });

  test('is refused for the same id with other content', () => {
    given(stockRequested())
      .when(requestStock, request({ neededBy: '2011-12-06' }), facts())
      .refuses('stock-request.id-reused', { stockRequestId });
  });

  test.each([
    ['no lines', [], 'stock-request.no-lines'],
    ['a quantity of 0', [{ sku: 'linen', quantity: '0' }], 'stock-request.quantity-not-positive'],
    [
      'goods named twice',
      [
        { sku: 'linen', quantity: '1' },
        { sku: 'linen', quantity: '2' },
      ],
      'stock-request.sku-repeated',
    ],
  ] as const)('is refused for %s', (_case, lines, code) => {
    given().when(requestStock, request({ lines }), facts()).refuses(code);
  });
});

describe('Confirming a stock request', () => {
  test('promises a day', () => {
    given(stockRequested())
      .when(confirmStockRequest, { stockRequestId, promisedFor: '2011-12-03' }, facts())
      .records('StockRequestConfirmed', { promisedFor: '2011-12-03' });
  });

  test('may promise another day later', () => {
    given(stockRequested(), stockRequestConfirmed('2011-12-03'))
      .when(confirmStockRequest, { stockRequestId, promisedFor: '2011-12-04' }, facts())
      .records('StockRequestConfirmed', { promisedFor: '2011-12-04' });
  });

  test('changes nothing where that day is promised already', () => {
    given(stockRequested(), stockRequestConfirmed('2011-12-03'))
      .when(confirmStockRequest, { stockRequestId, promisedFor: '2011-12-03' }, facts())
      .changesNothing();
  });

  test.each([
    ['refused', stockRequestRefused()],
    ['cancelled', stockRequestCancelled()],
    ['dispatched', stockDispatched('10', '5')],
  ])('is refused once the request is %s', (status, event) => {
    given(stockRequested(), event)
      .when(confirmStockRequest, { stockRequestId }, facts())
      .refuses('stock-request.not-open', { status });
  });
});

describe.each([
  ['Refusing', refuseStockRequest, 'StockRequestRefused', stockRequestRefused()],
  ['Cancelling', cancelStockRequest, 'StockRequestCancelled', stockRequestCancelled()],
] as const)('%s a stock request', (_title, decide, type, event) => {
  test('is possible though it was confirmed', () => {
    given(stockRequested(), stockRequestConfirmed())
      .when(decide, { stockRequestId, reason }, facts())
      .records(type, { reason });
  });

  test('changes nothing the second time', () => {
    given(stockRequested(), event).when(decide, { stockRequestId, reason }, facts()).changesNothing();
  });

  test('is refused once goods were dispatched', () => {
    given(stockRequested(), stockDispatched('1', '1'))
      .when(decide, { stockRequestId, reason }, facts())
      .refuses('stock-request.not-open', { status: 'dispatched' });
  });
});

describe('Dispatching stock', () => {
  test('sends all that was requested if nothing is named, in the unit that was asked for', () => {
    given(stockRequested())
      .when(dispatchStock, { stockRequestId, reference: 'van 3' }, facts())
      .records('StockDispatched', {
        reference: 'van 3',
        lines: [
          { sku: 'linen', quantity: '10', unit: 'm' },
          { sku: 'silk', quantity: '5', unit: 'm' },
        ],
      });
  });

  test('sends the rest of what was sent in part', () => {
    given(stockRequested(), stockRequestConfirmed(), stockDispatched('7.5', '5'))
      .when(dispatchStock, { stockRequestId }, facts())
      .records('StockDispatched', { lines: [{ sku: 'linen', quantity: '2.5', unit: 'm' }] });
  });

  test('changes nothing where all was sent', () => {
    given(stockRequested(), stockDispatched('10', '5'), stockReceived('10', '5'))
      .when(dispatchStock, { stockRequestId }, facts())
      .changesNothing();
  });

  test('is refused beyond what was requested', () => {
    given(stockRequested(), stockDispatched('8', '5'))
      .when(dispatchStock, { stockRequestId, lines: [{ sku: 'linen', quantity: '2.5' }] }, facts())
      .refuses('stock-request.over-dispatch', { sku: 'linen', asked: '2.5', left: '2' });
  });

  test('is refused for goods that were not requested', () => {
    given(stockRequested())
      .when(dispatchStock, { stockRequestId, lines: [{ sku: 'wool', quantity: '1' }] }, facts())
      .refuses('stock-request.sku-unknown', { sku: 'wool' });
  });

  test('is refused on a cancelled request', () => {
    given(stockRequested(), stockRequestCancelled())
      .when(dispatchStock, { stockRequestId }, facts())
      .refuses('stock-request.not-open', { status: 'cancelled' });
  });
});

describe('Receiving stock', () => {
  test('takes in all that is under way if nothing is named', () => {
    given(stockRequested(), stockDispatched('7', '5'), stockReceived('2', '5'))
      .when(receiveStock, { stockRequestId }, facts())
      .records('StockReceived', { lines: [{ sku: 'linen', quantity: '5', unit: 'm' }] });
  });

  test('records what was counted, also where it is more than what was sent', () => {
    given(stockRequested(), stockDispatched('10', '5'))
      .when(
        receiveStock,
        {
          stockRequestId,
          lines: [
            { sku: 'linen', quantity: '11' },
            { sku: 'silk', quantity: '5' },
          ],
          remark: 'one more',
        },
        facts(),
      )
      .records('StockReceived', { lines: [{ quantity: '11' }, { quantity: '5' }], remark: 'one more' });
  });

  test('changes nothing where all has arrived', () => {
    given(stockRequested(), stockDispatched('10', '5'), stockReceived('10', '5'))
      .when(receiveStock, { stockRequestId }, facts())
      .changesNothing();
  });

  test('is refused where nothing was sent', () => {
    given(stockRequested(), stockRequestConfirmed())
      .when(receiveStock, { stockRequestId }, facts())
      .refuses('stock-request.not-dispatched', { status: 'confirmed' });
  });

  test('is refused for counts once all has arrived', () => {
    given(stockRequested(), stockDispatched('10', '5'), stockReceived('10', '5'))
      .when(receiveStock, { stockRequestId, lines: [{ sku: 'linen', quantity: '10' }] }, facts())
      .refuses('stock-request.not-dispatched');
  });
});
