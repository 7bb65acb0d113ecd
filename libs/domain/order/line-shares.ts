import type { LineShare, Money, OrderLine } from '#kontor/contracts';
import type { Line } from './order.js';

/** What an event's share of a line says besides its amount. */
export const lineOf = ({
  lineId,
  sku,
  productGroup,
}: OrderLine): Pick<LineShare, 'lineId' | 'sku' | 'productGroup'> => ({
  lineId,
  sku,
  ...(productGroup !== undefined && { productGroup }),
});

/** The parts of an amount on an event; lines without a part are left out. */
export const lineShares = (
  lines: readonly OrderLine[],
  amountOf: (line: OrderLine, index: number) => number,
  money: (amount: number) => Money,
): LineShare[] =>
  lines.flatMap((line, index) => {
    const amount = amountOf(line, index);
    return amount === 0 ? [] : [{ ...lineOf(line), amount: money(amount) }];
  });

/**
 * What returns took off stays taken off: a line's cost can't fall below it, and where all of the line came back its cost is settled.
 * Otherwise the customer would owe for goods given back, or be paid for them twice.
 */
export const returnsForbid = (line: Line, cost: number, quantity = line.quantity): boolean =>
  cost < line.returned.amount || (line.returned.quantity === quantity && cost !== line.returned.amount);
