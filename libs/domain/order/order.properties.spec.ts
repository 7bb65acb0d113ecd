import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeEvent, type OrderEvent } from '#kontor/contracts';
import { sum } from '../money.js';
import { quantityText, thousandths } from '../quantity.js';
import {
  chosenSteps,
  currencies,
  evolve,
  orderedLine,
  orderedLines,
  place,
  run,
  steps,
  unlimited,
} from '../testing/random-order.js';
import { lineId, metadata, ORDER_ID, percent, uuid } from '../testing/values.js';
import { amendOrder } from './amend-order.js';
import { issueGoods } from './issue-goods.js';
import { balanceOf, type Order } from './order.js';
import { returnGoods } from './return-goods.js';

const orderId = ORDER_ID;
const reason = 'because';

const costs = (state: Order) => [...state.lines.values()].map(({ cost }) => cost);

/** Minor units that an event says, in the order of their names; those that it doesn't say are as they should be. */
function saidBy({ data }: OrderEvent, before: Order, after: Order) {
  const change = Math.abs(after.total - before.total);
  const amount = 'amount' in data ? data.amount.amount : data.total.amount;
  return {
    totals: 'totalBefore' in data ? [data.totalBefore.amount, data.totalAfter.amount] : totals(before, after),
    change: 'totalBefore' in data ? Math.abs(amount) : change,
    balances:
      'balanceBefore' in data
        ? [data.balanceBefore.amount, data.balanceAfter.amount]
        : balances(before, after),
    lines: 'lines' in data ? sum(data.lines.map((line) => line.amount.amount)) : amount,
    costs: 'totalBefore' in data ? sizes(data.lines.map((line) => [line.lineId, line.amount.amount])) : {},
  };
}

/** Amounts by line id without their sign, none of 0. */
const sizes = (amounts: readonly (readonly [string, number])[]) =>
  Object.fromEntries(
    amounts.filter(([, amount]) => amount !== 0).map(([id, amount]) => [id, Math.abs(amount)]),
  );

const costOf = (state: Order, id: string) => state.lines.get(id)?.cost ?? 0;
const costChanges = (before: Order, after: Order) =>
  sizes(
    [...before.lines.keys(), ...after.lines.keys()].map((id) => [id, costOf(after, id) - costOf(before, id)]),
  );

const totals = (before: Order, after: Order) => [before.total, after.total];
const balances = (before: Order, after: Order) => [balanceOf(before), balanceOf(after)];
const returnsTakenOff = (state: Order) => [...state.lines.values()].map(({ returned }) => returned.amount);

function checkSums(event: OrderEvent, before: Order, after: Order): void {
  encodeEvent(event, metadata.commandId, metadata);
  expect(after.total).toBe(sum(costs(after)));
  expect(saidBy(event, before, after)).toEqual({
    totals: totals(before, after),
    change: Math.abs(after.total - before.total),
    balances: balances(before, after),
    lines: 'amount' in event.data ? event.data.amount.amount : event.data.total.amount,
    costs: costChanges(before, after),
  });
  expect(Math.min(...costs(after))).toBeGreaterThanOrEqual(0);
  expect(after.returned).toBe(sum(returnsTakenOff(after)));
  expect(after.returned).toBeGreaterThanOrEqual(before.returned);
  for (const { returned, cost } of after.lines.values()) expect(returned.amount).toBeLessThanOrEqual(cost);
}

/** Brings back all that is left, in cuts of a given size. */
function returnAll(start: Order, cuts: number): Order {
  let state = start;
  for (let cut = cuts; cut > 0; cut--)
    for (const [id, { quantity, returned }] of state.lines) {
      const left = quantity - returned.quantity;
      const part = cut === 1 ? left : Math.floor(left / cut);
      if (part === 0) continue;
      const lines = [{ lineId: id, quantity: quantityText(part) }];
      const decision = returnGoods(
        state,
        { orderId, returnId: uuid(8000 + state.returns.size), lines, reason },
        unlimited,
      );
      if (decision.kind !== 'record') throw new Error(`not returned: ${JSON.stringify(decision)}`);
      state = evolve(state, decision.event, 0);
    }
  return state;
}

describe('Whatever happens to an order', () => {
  test('totals are the sum of lines, and every event that changes an amount carries lines that sum to it', () => {
    fc.assert(
      fc.property(orderedLines, currencies, chosenSteps(Object.keys(steps)), (lines, currency, chosen) => {
        const { state, event } = place(lines, currency);
        checkSums(event, state, state);
        run(state, chosen, checkSums);
      }),
      { numRuns: 300 },
    );
  });

  test('a full return, in any cuts, is exactly the negative of what the lines still cost', () => {
    fc.assert(
      fc.property(
        orderedLines,
        chosenSteps(Object.keys(steps)),
        fc.integer({ min: 1, max: 5 }),
        (lines, chosen, cuts) => {
          const state = run(place(lines).state, chosen);
          const after = returnAll(state, cuts);
          expect(after.returned).toBe(after.total);
          for (const { cost, returned } of after.lines.values()) expect(returned.amount).toBe(cost);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('all parts of an issue sum to what the line costs, however they are cut', () => {
    fc.assert(
      fc.property(
        orderedLine,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        (line, cuts) => {
          let { state } = place([{ ...line, lineId: lineId(0), sku: 'cloth' }]);
          let left = thousandths(line.quantity);
          for (const [index, cut] of [...cuts, 1].entries()) {
            const part = index === cuts.length ? left : Math.floor(left / (cut + 1));
            left -= part;
            if (part === 0) continue;
            const quantity = quantityText(part);
            const command = { orderId, issueId: uuid(600 + index), lines: [{ lineId: lineId(0), quantity }] };
            const decision = issueGoods(state, command, unlimited);
            if (decision.kind !== 'record') throw new Error(decision.kind);
            state = evolve(state, decision.event, index + 1);
          }
          expect(state.lines.get(lineId(0))?.issued.amount).toBe(state.total);
        },
      ),
    );
  });

  test('withdrawing every discount brings back the total before any', () => {
    fc.assert(
      fc.property(orderedLines, chosenSteps(['grantRate', 'grantAmountOnLine']), (lines, chosen) => {
        const { state } = place(lines);
        const granted = run(state, chosen);
        const withdrawals = [...granted.discounts.keys()].map((_id, salt) => ({ name: 'withdraw', salt }));
        const after = run(granted, withdrawals);
        expect(after.total).toBe(state.total);
        expect(costs(after)).toEqual(costs(state));
      }),
    );
  });

  test('an amendment there and back leaves the total as it was', () => {
    fc.assert(
      fc.property(
        orderedLines,
        chosenSteps(['grantRate', 'grantAmountOnLine']),
        fc.nat(100_000),
        (lines, chosen, salt) => {
          const before = run(place(lines).state, chosen);
          const amended = run(before, [{ name: 'amend', salt }]);
          const back = amendOrder(amended, { orderId, lines: before.placed.lines, reason }, unlimited);
          const after = back.kind === 'record' ? evolve(amended, back.event, 99) : before;
          expect(after.total).toBe(before.total);
          expect(sum(costs(after))).toBe(sum(costs(before)));
        },
      ),
    );
  });

  test('independent events commute', () => {
    fc.assert(
      fc.property(
        orderedLines.chain((lines) =>
          fc.tuple(
            fc.constant(lines),
            chosenSteps(['issue', 'return', 'pay', 'reverse']),
            fc.infiniteStream(fc.nat(99)),
          ),
        ),
        ([lines, chosen, ranks]) => {
          const { state } = place(lines);
          const events: OrderEvent[] = [];
          run(state, chosen, (event) => events.push(event));
          const shuffled = events
            .map((event) => ({ event, rank: ranks.next().value ?? 0 }))
            .toSorted((one, other) => one.rank - other.rank)
            .map(({ event }) => event)
            .toSorted(
              (one, other) =>
                Number(one.type === 'PaymentReversed') - Number(other.type === 'PaymentReversed'),
            );
          const after = (history: readonly OrderEvent[]) =>
            history.reduce((so, event) => evolve(so, event, 0), state);
          expect(after(shuffled)).toEqual(after(events));
        },
      ),
    );
  });
});

describe('Discounts', () => {
  test('stack on the discounted amount: 2 % then 11 % take 12.78 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (tens) => {
        const { state } = place([
          { lineId: lineId(0), sku: 'cloth', quantity: '1', unitPrice: String(tens * 100) },
        ]);
        const after = run(state, [
          { name: 'grantRate', salt: percent(2) - 1 },
          { name: 'grantRate', salt: percent(11) - 1 },
        ]);
        expect(after.total).toBe((state.total * 8722) / 10_000);
      }),
    );
  });

  test('on the same lines of an order are never more than the lines cost', () => {
    fc.assert(
      fc.property(orderedLines, fc.array(fc.nat(9999), { maxLength: 10 }), (lines, rates) => {
        const after = run(
          place(lines).state,
          rates.map((salt) => ({ name: 'grantRate', salt })),
        );
        expect(Math.min(...costs(after))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
