import { readFile } from 'node:fs/promises';
import { chance } from './identities.js';

/** Who sells and under which plans: what the data set does not know. Made up, and read from a file beside the data. */
export interface Organisation {
  readonly zone: string;
  readonly branches: readonly Branch[];
  /** Country → branch. */
  readonly territories: Readonly<Record<string, string>>;
  /** The branch of every other country. */
  readonly elsewhere: string;
  readonly plans: readonly Plan[];
}

export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly director: string;
  readonly accountManagers: readonly string[];
  /** Serves who buys without a customer number. */
  readonly walkInManager: string;
}

export interface Plan {
  readonly scope: { readonly kind: 'account-manager' | 'branch'; readonly id: string };
  readonly branchId: string;
  readonly period: string;
  /** Pence. */
  readonly target: number;
}

export async function readOrganisation(file: string): Promise<Organisation> {
  return JSON.parse(await readFile(file, 'utf8')) as Organisation;
}

export function branchOf(organisation: Organisation, territory: string): Branch {
  const id = organisation.territories[territory] ?? organisation.elsewhere;
  const branch = organisation.branches.find((each) => each.id === id);
  if (!branch) throw new Error(`the organisation file assigns no branch to the territory "${territory}"`);
  return branch;
}

/** A customer number always meets the same account manager of its branch. */
export function managerOf(branch: Branch, customerNumber: string): string {
  if (customerNumber === '') return branch.walkInManager;
  const managers = branch.accountManagers;
  const manager = managers[Math.floor(chance('account-manager', customerNumber) * managers.length)];
  if (manager === undefined) throw new Error(`the branch ${branch.id} has no account manager`);
  return manager;
}
