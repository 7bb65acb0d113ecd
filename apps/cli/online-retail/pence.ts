/**
 * Quantity (whole pieces) × unit price (pounds), rounded half away from zero to pence; exact, since both are whole numbers of
 * pieces and of millionths of a pound.
 */
export function linePence(quantity: string, unitPrice: string): number {
  const [pounds = '', fraction = ''] = unitPrice.split('.');
  const millionths = Number(pounds + fraction.padEnd(6, '0')) * Math.abs(Number(quantity));
  if (!Number.isSafeInteger(millionths))
    throw new Error(`${quantity} × ${unitPrice} can't be computed exactly`);
  return Math.floor((millionths + 5_000) / 10_000);
}
