const PER_UNIT = 1000;

/**
 * Quantities are counted in thousandths, the finest that their text can say: integers, exact to add and compare. Rounding only
 * takes away the noise of the binary fraction: 15 digits fit a double.
 */
export const thousandths = (quantity: string): number => Math.round(Number(quantity) * PER_UNIT);

/** The text of a count of thousandths, without trailing zeros. */
export function quantityText(count: number): string {
  const whole = Math.trunc(count / PER_UNIT);
  const rest = count % PER_UNIT;
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
}
