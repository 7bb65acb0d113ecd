import { chance } from './identities.js';

export interface SyntheticPayment {
  readonly pence: number;
  /** Days after the due date. */
  readonly daysLate: number;
}

/**
 * The data set knows no payments: this one is made up from the invoice number alone. Of 100 orders about 80 are paid in full when due,
 * 11 late, 6 in part, and 3 are paid over, to the next ten pounds.
 */
export function syntheticPayment(invoiceNumber: string, totalPence: number): SyntheticPayment {
  const kind = chance('payment', invoiceNumber);
  const size = chance('payment-size', invoiceNumber);
  if (kind < 0.8) return { pence: totalPence, daysLate: 0 };
  if (kind < 0.91) return { pence: totalPence, daysLate: 1 + Math.floor(size * 45) };
  if (kind < 0.97) return { pence: Math.max(1, Math.floor(totalPence * (0.5 + size * 0.4))), daysLate: 0 };
  return { pence: (Math.floor(totalPence / 1_000) + 1) * 1_000, daysLate: 0 };
}
