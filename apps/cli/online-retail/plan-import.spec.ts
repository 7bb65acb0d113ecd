import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import type { ControlTotals } from '../demo/control-totals.js';
import type { PlannedCommand } from './commands.js';
import { readInvoices } from './invoices.js';
import { readOrganisation } from './organisation.js';
import { type ImportPlan, planImport } from './plan-import.js';
import { rowsOf, totalsOfRows } from './testing/totals-of-rows.js';

const FILE = 'samples/first-days.csv.gz';

interface WireLine {
  readonly quantity: string;
  readonly unitPrice: string;
}

const expected = totalsOfRows(rowsOf(gunzipSync(readFileSync(FILE))));

const linesOf = ({ body }: PlannedCommand): WireLine[] => body['lines'] as WireLine[];
const penceOf = (commands: PlannedCommand[]): number =>
  commands
    .flatMap(linesOf)
    .reduce(
      (sum, { quantity, unitPrice }) =>
        sum + Number(new Big(quantity).times(unitPrice).times(100).round(0, Big.roundHalfUp)),
      0,
    );

describe('the import of the first days', () => {
  let plan: ImportPlan;
  const named = (command: string) => plan.commands.filter((each) => each.command === command);

  beforeAll(async () => {
    plan = planImport(await readInvoices(FILE), await readOrganisation('samples/organisation.json'));
  });

  it('sells and credits to the penny what the rows say', () => {
    const orders = named('PlaceOrder');
    const credits = named('IssueCreditNote');
    expect({
      customers: named('RegisterCustomer').length,
      orders: orders.length,
      orderLines: orders.flatMap(linesOf).length,
      orderedPence: penceOf(orders),
      creditNotes: credits.length,
      creditNoteLines: credits.flatMap(linesOf).length,
      creditedPence: penceOf(credits),
      walkInOrders: orders.filter(
        ({ onBehalfOf }) => onBehalfOf && ['rose-abbott', 'liam-doyle', 'isla-brook'].includes(onBehalfOf),
      ).length,
      skippedCorrectionLines: plan.skipped.correctionLines,
      skippedBadDebtLines: plan.skipped.badDebtLines,
    }).toEqual({
      customers: expected.customers,
      orders: expected.orders,
      orderLines: expected.orderLines,
      orderedPence: expected.orderedPence,
      creditNotes: expected.creditNotes,
      creditNoteLines: expected.creditNoteLines,
      creditedPence: expected.creditedPence,
      walkInOrders: expected.walkInOrders,
      skippedCorrectionLines: expected.skippedCorrectionLines,
      skippedBadDebtLines: expected.skippedBadDebtLines,
    });
  });

  it('agrees with the control totals that are shipped', () => {
    const shipped: unknown = JSON.parse(readFileSync('samples/first-days.totals.json', 'utf8'));
    expect(expected).toMatchObject(shipped as ControlTotals);
  });

  it('gives every command a key of its own, and the same at each run', async () => {
    const keys = plan.commands.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(keys.length);
    const again = planImport(await readInvoices(FILE), await readOrganisation('samples/organisation.json'));
    expect(again).toEqual(plan);
  });

  it('goes by business time, and registers a customer before anything is sold to it', () => {
    const times = plan.commands.map(({ body }) => Date.parse(body.occurredAt));
    expect(times).toEqual(times.toSorted((one, other) => one - other));

    const places = new Map(
      plan.commands.map(({ command, body }, place) => [`${command} ${String(body['customerId'])}`, place]),
    );
    const soldTooEarly = plan.commands.filter(
      ({ command, body }, place) =>
        ['PlaceOrder', 'IssueCreditNote'].includes(command) &&
        place < (places.get(`RegisterCustomer ${String(body['customerId'])}`) ?? Infinity),
    );
    expect(soldTooEarly).toEqual([]);
  });

  it('takes payment for every order but those of 0, mostly in full, some late, in part or over', () => {
    const totals = new Map(named('PlaceOrder').map((order) => [order.body['orderId'], penceOf([order])]));
    const kinds = { full: 0, part: 0, over: 0 };
    for (const { body } of named('ReceivePayment')) {
      const total = totals.get(body['orderId']) ?? 0;
      const { amount } = body['amount'] as { amount: number };
      kinds[amount === total ? 'full' : amount < total ? 'part' : 'over']++;
    }
    const due = [...totals.values()].filter((total) => total > 0).length;
    expect(kinds.full + kinds.part + kinds.over).toBe(due);
    expect(kinds.full / due).toBeGreaterThan(0.8);
    expect(kinds.part).toBeGreaterThan(0);
    expect(kinds.over).toBeGreaterThan(0);
  });

  it('keeps its ids and its chance for good: what was imported once is recognised by every later version', () => {
    const order = named('PlaceOrder').find(({ body }) => body['orderNumber'] === '536365');
    expect(order).toMatchObject({
      idempotencyKey: 'order/536365',
      onBehalfOf: 'eleanor-quill',
      body: {
        orderId: '35e0a198-c2bf-5e5a-8857-b25c7c1e10b9',
        customerId: '8b716262-6f8d-5d2b-a237-69881e35f53a',
        territory: 'United Kingdom',
        occurredAt: '2010-12-01T08:26:00+00:00',
      },
    });
    const payment = named('ReceivePayment').find(({ idempotencyKey }) => idempotencyKey === 'payment/536365');
    expect(payment?.body).toMatchObject({
      method: 'synthetic',
      amount: { amount: 13912, currency: 'GBP' },
      occurredAt: '2010-12-31T22:00:00+00:00',
    });
  });
});
