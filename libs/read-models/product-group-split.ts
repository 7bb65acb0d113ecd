interface PartOfProductGroup {
  readonly productGroup?: string;
  readonly amount: { readonly amount: number };
}

/** Stands for "no product group" in keys, which can't be null. */
export const NO_PRODUCT_GROUP = '';

/** What an amount's lines sum to per product group, in minor units; a bare amount has no group. */
export function splitByProductGroup(
  lines: readonly PartOfProductGroup[],
  bareAmount = 0,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { productGroup = NO_PRODUCT_GROUP, amount } of lines)
    sums.set(productGroup, (sums.get(productGroup) ?? 0) + amount.amount);
  if (lines.length === 0) sums.set(NO_PRODUCT_GROUP, bareAmount);
  return sums;
}
