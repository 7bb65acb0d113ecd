import type { Actor } from '#kontor/contracts';
import sql, { type Sql } from 'sql-template-tag';

/** What somebody may see: all of it, what belongs to a branch, or the customers assigned to an account manager now. */
export type Visibility =
  | { readonly kind: 'everything' }
  | { readonly kind: 'branch'; readonly branchId: string }
  | { readonly kind: 'own-customers'; readonly accountManagerId: string }
  | { readonly kind: 'nothing' };

export function visibilityOf({ actorId, role, branchId }: Actor): Visibility {
  switch (role) {
    case 'account-manager':
      return { kind: 'own-customers', accountManagerId: actorId };
    case 'branch-director':
    case 'warehouse':
    case 'sales-system':
      return branchId === undefined ? { kind: 'nothing' } : { kind: 'branch', branchId };
    case 'accounting':
    case 'commercial-director':
    case 'general-director':
    case 'reporting':
    case 'auditor':
      return { kind: 'everything' };
  }
}

/** As elsewhere, but for the central warehouse: it is of no branch, and serves all. */
export const stockVisibilityOf = (actor: Actor): Visibility =>
  actor.role === 'warehouse' && actor.branchId === undefined ? { kind: 'everything' } : visibilityOf(actor);

/** Who reads the audit trail; undefined: they may not. */
export function auditVisibilityOf({ role, branchId }: Actor): Visibility | undefined {
  if (role === 'auditor' || role === 'general-director') return { kind: 'everything' };
  if (role === 'branch-director' && branchId !== undefined) return { kind: 'branch', branchId };
  return undefined;
}

/** What decides whether something is visible. */
export interface Belonging {
  readonly branchId: string | null;
  /** The account manager whose it is. */
  readonly accountManagerId: string | null;
}

export function sees(visibility: Visibility, { branchId, accountManagerId }: Belonging): boolean {
  switch (visibility.kind) {
    case 'everything':
      return true;
    case 'branch':
      return visibility.branchId === branchId;
    case 'own-customers':
      return visibility.accountManagerId === accountManagerId;
    case 'nothing':
      return false;
  }
}

/** The same as a condition on two columns. */
export function visible(visibility: Visibility, columns: { branchId: Sql; accountManagerId: Sql }): Sql {
  switch (visibility.kind) {
    case 'everything':
      return sql`TRUE`;
    case 'branch':
      return sql`${columns.branchId} = ${visibility.branchId}`;
    case 'own-customers':
      return sql`${columns.accountManagerId} = ${visibility.accountManagerId}`;
    case 'nothing':
      return sql`FALSE`;
  }
}
