const MILLIONTHS = 1_000_000;

/**
 * Quantity (whole pieces) × unit price (pounds, at most six decimals), rounded half away from zero to pence; exact, since both are
 * whole numbers of pieces and of millionths of a pound.
 */
export function linePence(quantity: string, unitPrice: string): number {
  const millionths = Math.round(Number(unitPrice) * MILLIONTHS) * Math.abs(Number(quantity));
  if (!Number.isSafeInteger(millionths))
    throw new Error(`${quantity} × ${unitPrice} can't be computed exactly`);
  return Math.floor((millionths + 5_000) / 10_000);
}
