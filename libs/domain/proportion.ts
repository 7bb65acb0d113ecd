/** Half away from zero. The denominator is positive. */
function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const half = numerator < 0n ? -denominator : denominator;
  return (2n * numerator + half) / (2n * denominator);
}

/** amount × part / whole, rounded half away from zero; 0 of a whole of 0. All are integers. */
export const share = (amount: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Number(roundedQuotient(BigInt(amount) * BigInt(part), BigInt(whole)));

/**
 * Splits an amount in proportion to weights ≥ 0, cumulatively: part n is round(share up to n) − round(share up to n − 1). The
 * parts sum to the amount exactly, and where the amount is no more than the weights' sum, none is more than its weight.
 */
export function split(amount: number, weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((total, weight) => total + weight, 0);
  let weightSoFar = 0;
  let sharedSoFar = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const shared = share(amount, weightSoFar, whole);
    const part = shared - sharedSoFar;
    sharedSoFar = shared;
    return part;
  });
}

const WHOLE_RATE = 10_000;

/** A rate (basis points) of an amount. */
export const rateOf = (amount: number, rate: number): number => share(amount, rate, WHOLE_RATE);

/** How far a total lies below the list total, in basis points; negative above it, 0 for a list total of 0. */
export const rateBetween = (listTotal: number, total: number): number =>
  share(listTotal - total, WHOLE_RATE, listTotal);
