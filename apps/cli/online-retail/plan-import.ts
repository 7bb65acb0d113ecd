import type { PlannedCommand, Sender } from './commands.js';
import { identify } from './identities.js';
import type { Invoice, InvoiceLine } from './invoices.js';
import { zoneOffsets } from './local-time.js';
import { type Branch, branchOf, managerOf, type Organisation, type Plan } from './organisation.js';
import { syntheticPayment } from './payments.js';
import { linePence } from './pence.js';

export interface ImportPlan {
  /** In the order of business time; what belongs to the same instant in the order it has to happen. */
  readonly commands: readonly PlannedCommand[];
  /** Rows that are no sales. */
  readonly skipped: { readonly correctionLines: number; readonly badDebtLines: number };
}

const CURRENCY = 'GBP';
/** Walk-in customers pay on the spot. */
const PAYMENT_TERM_DAYS = { account: 30, walkIn: 0 };

/** Turns the invoices of the data set and the made-up organisation into commands. The same input always gives the same commands. */
export function planImport(invoices: readonly Invoice[], organisation: Organisation): ImportPlan {
  const offsetAt = zoneOffsets(organisation.zone);
  const instant = (localTime: string) => `${localTime}${offsetAt(localTime)}`;
  const customers = new Map<string, Customer>();
  const commands: PlannedCommand[] = organisation.plans.map((plan) =>
    setSalesPlan(plan, organisation, instant),
  );
  const skipped = { correctionLines: 0, badDebtLines: 0 };

  for (const invoice of [...invoices].sort(byIssue)) {
    if (invoice.number.startsWith('A')) {
      skipped.badDebtLines += invoice.lines.length;
      continue;
    }
    const isCredit = invoice.number.startsWith('C');
    const lines = invoice.lines.filter(({ quantity }) => quantity.startsWith('-') === isCredit);
    skipped.correctionLines += invoice.lines.length - lines.length;
    if (lines.length === 0) continue;

    let customer = customers.get(customerKey(invoice));
    if (!customer) {
      customer = customerOf(invoice, organisation);
      customers.set(customerKey(invoice), customer);
      commands.push(registerCustomer(customer, invoice, instant));
    }
    if (isCredit) commands.push(issueCreditNote(customer, invoice, lines, instant));
    else
      commands.push(
        placeOrder(customer, invoice, lines, instant),
        ...paymentFor(customer, invoice, lines, instant),
      );
  }
  return { commands: inBusinessTime(commands), skipped };
}

type Instant = (localTime: string) => string;

interface Customer {
  readonly customerId: string;
  readonly accountManagerId: string;
  readonly branch: Branch;
  readonly sender: Sender;
  readonly paymentTermDays: number;
}

/** A customer number, or one walk-in customer for each country. */
const customerKey = ({ customerNumber, country }: Invoice): string => customerNumber || `walk-in/${country}`;

const byIssue = (one: Invoice, other: Invoice): number =>
  one.issuedAt < other.issuedAt ? -1 : Number(one.issuedAt > other.issuedAt);

function inBusinessTime(commands: readonly PlannedCommand[]): PlannedCommand[] {
  return commands
    .map((command) => ({ command, at: Date.parse(command.body.occurredAt) }))
    .sort((one, other) => one.at - other.at)
    .map(({ command }) => command);
}

function customerOf(invoice: Invoice, organisation: Organisation): Customer {
  const branch = branchOf(organisation, invoice.country);
  const isWalkIn = invoice.customerNumber === '';
  return {
    customerId: identify('customer', customerKey(invoice)),
    accountManagerId: managerOf(branch, invoice.customerNumber),
    branch,
    sender: { actorId: 'online-retail', role: 'sales-system', branchId: branch.id },
    paymentTermDays: isWalkIn ? PAYMENT_TERM_DAYS.walkIn : PAYMENT_TERM_DAYS.account,
  };
}

function registerCustomer(customer: Customer, invoice: Invoice, instant: Instant): PlannedCommand {
  const { customerNumber, country } = invoice;
  const isWalkIn = customerNumber === '';
  return {
    sender: customer.sender,
    command: 'RegisterCustomer',
    idempotencyKey: `customer/${customerKey(invoice)}`,
    onBehalfOf: customer.accountManagerId,
    body: {
      customerId: customer.customerId,
      ...(isWalkIn ? {} : { customerNumber }),
      naturalPerson: false,
      name: isWalkIn ? `Walk-in customers, ${country}` : `Customer ${customerNumber}`,
      address: { country },
      currency: CURRENCY,
      segment: isWalkIn ? 'retail' : 'corporate',
      territory: country,
      branchId: customer.branch.id,
      accountManagerId: customer.accountManagerId,
      paymentTermDays: customer.paymentTermDays,
      occurredAt: instant(invoice.issuedAt),
    },
  };
}

function placeOrder(
  customer: Customer,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  instant: Instant,
): PlannedCommand {
  return {
    sender: customer.sender,
    command: 'PlaceOrder',
    idempotencyKey: `order/${invoice.number}`,
    onBehalfOf: customer.accountManagerId,
    body: {
      orderId: identify('order', invoice.number),
      orderNumber: invoice.number,
      customerId: customer.customerId,
      currency: CURRENCY,
      territory: invoice.country,
      occurredAt: instant(invoice.issuedAt),
      lines,
    },
  };
}

function issueCreditNote(
  customer: Customer,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  instant: Instant,
): PlannedCommand {
  return {
    sender: customer.sender,
    command: 'IssueCreditNote',
    idempotencyKey: `credit-note/${invoice.number}`,
    onBehalfOf: customer.accountManagerId,
    body: {
      creditNoteId: identify('credit-note', invoice.number),
      creditNoteNumber: invoice.number,
      customerId: customer.customerId,
      territory: invoice.country,
      reason: lines.every(({ sku }) => sku === 'D') ? 'discount' : 'return',
      occurredAt: instant(invoice.issuedAt),
      lines: lines.map((line) => ({ ...line, quantity: line.quantity.slice(1) })),
    },
  };
}

/** None for an order of 0. */
function paymentFor(
  customer: Customer,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  instant: Instant,
): PlannedCommand[] {
  const total = lines.reduce((sum, { quantity, unitPrice }) => sum + linePence(quantity, unitPrice), 0);
  if (total === 0) return [];
  const { pence, daysLate } = syntheticPayment(invoice.number, total);
  const dayOfPayment = addDays(invoice.issuedAt.slice(0, 10), customer.paymentTermDays + daysLate);
  const orderKey = `order/${invoice.number}`;
  return [
    {
      sender: { actorId: 'online-retail-accounting', role: 'accounting' },
      command: 'ReceivePayment',
      idempotencyKey: `payment/${invoice.number}`,
      body: {
        orderId: identify('order', invoice.number),
        paymentId: identify('payment', invoice.number),
        amount: { amount: pence, currency: CURRENCY },
        method: 'synthetic',
        // The shops and the office are closed by then, so that it comes after the order on the same day.
        occurredAt: instant(`${dayOfPayment}T22:00:00`),
      },
      after: orderKey,
    },
  ];
}

function setSalesPlan(plan: Plan, organisation: Organisation, instant: Instant): PlannedCommand {
  const { scope, branchId, period, target } = plan;
  const director = organisation.branches.find(({ id }) => id === branchId)?.director;
  if (director === undefined)
    throw new Error(`the organisation file has a plan for the unknown branch "${branchId}"`);
  const reference = `${scope.kind}/${scope.id}/${period}`;
  return {
    // A branch's plan is set from above.
    sender:
      scope.kind === 'branch'
        ? { actorId: 'commercial-director', role: 'commercial-director' }
        : { actorId: director, role: 'branch-director', branchId },
    command: 'SetSalesPlan',
    idempotencyKey: `sales-plan/${reference}`,
    body: {
      planId: identify('sales-plan', reference),
      scope,
      branchId,
      period,
      measure: 'ordered',
      currency: CURRENCY,
      targets: [{ target: { amount: target, currency: CURRENCY } }],
      occurredAt: instant(`${addDays(`${period}-01`, -7)}T09:00:00`),
    },
  };
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
