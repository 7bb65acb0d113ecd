import { readFile } from 'node:fs/promises';
import { parseDiscountPolicy, type DiscountPolicy } from '#kontor/domain';

/** The company's policies, as they were when the process started. */
export class Policy {
  constructor(readonly discounts: DiscountPolicy) {}

  static async read(discountPolicyFile: string): Promise<Policy> {
    try {
      return new Policy(parseDiscountPolicy(await readFile(discountPolicyFile, 'utf8')));
    } catch (failure) {
      throw new Error(`${discountPolicyFile} is not usable: ${String(failure)}`, { cause: failure });
    }
  }
}
