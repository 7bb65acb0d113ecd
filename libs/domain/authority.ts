import type { Actor, Role } from '#kontor/contracts';
import { refuse, type Refusal } from './decision.js';

const ACCOUNT_MANAGERS_COMMANDS = [
  'RegisterCustomer',
  'CorrectCustomerDetails',
  'PlaceOrder',
  'GrantDiscount',
  'WithdrawDiscount',
  'AmendOrder',
  'CancelOrder',
  'ReceivePayment',
  'IssueGoods',
  'ReturnGoods',
  'IssueCreditNote',
  'RequestStock',
  'ReceiveStock',
  'CancelStockRequest',
] as const;
const DIRECTORS_COMMANDS = [
  ...ACCOUNT_MANAGERS_COMMANDS,
  'ReassignCustomer',
  'ChangeSegment',
  'SetCreditTerms',
  'BlockCustomer',
  'UnblockCustomer',
  'SetSalesPlan',
  'ReviseSalesPlan',
  'CloseSalesPlan',
] as const;
const ACCOUNTANTS_COMMANDS = ['ReceivePayment', 'ReversePayment'] as const;
const WAREHOUSE_COMMANDS = ['ConfirmStockRequest', 'RefuseStockRequest', 'DispatchStock'] as const;

export type CommandName =
  | (typeof DIRECTORS_COMMANDS)[number]
  | (typeof ACCOUNTANTS_COMMANDS)[number]
  | (typeof WAREHOUSE_COMMANDS)[number];

/** What a command would touch. */
export interface Scope {
  /** The branch of the customer now, also for its orders and credit notes; the request's; the plan's (a territory's has none). */
  readonly branchId?: string;
  /** The branch that ReassignCustomer names. */
  readonly toBranchId?: string;
  /** To whom the customer concerned is assigned now. None for a stock request that names no order. */
  readonly customerManagerId?: string;
  /** To whom RegisterCustomer assigns the customer. */
  readonly accountManagerId?: string;
}

type ScopeRule = (actor: Actor, scope: Scope) => Refusal | undefined;

const anywhere: ScopeRule = () => undefined;

const inOwnBranch: ScopeRule = (actor, { branchId, toBranchId = branchId }) =>
  actor.branchId !== undefined && branchId === actor.branchId && toBranchId === actor.branchId
    ? undefined
    : refuse('authority.branch', { role: actor.role, branchId: actor.branchId });

/** The central warehouse is of no branch and serves all. */
const inOwnBranchIfAny: ScopeRule = (actor, scope) =>
  actor.branchId === undefined ? undefined : inOwnBranch(actor, scope);

const withOwnCustomers: ScopeRule = (actor, scope) =>
  inOwnBranch(actor, scope) ??
  (isOwn(actor, scope.customerManagerId) && isOwn(actor, scope.accountManagerId)
    ? undefined
    : refuse('authority.customer', { role: actor.role }));

const isOwn = (actor: Actor, managerId: string | undefined): boolean =>
  managerId === undefined || managerId === actor.actorId;

interface Powers {
  readonly commands: ReadonlySet<CommandName>;
  readonly where: ScopeRule;
}

const powers = (commands: readonly CommandName[], where: ScopeRule): Powers => ({
  commands: new Set(commands),
  where,
});

const none = powers([], anywhere);

/** Who may do what, until appointments and the job instruction exist. */
const powersByRole: Readonly<Record<Role, Powers>> = {
  'account-manager': powers(ACCOUNT_MANAGERS_COMMANDS, withOwnCustomers),
  'branch-director': powers(DIRECTORS_COMMANDS, inOwnBranch),
  'commercial-director': powers(DIRECTORS_COMMANDS, anywhere),
  'general-director': powers(DIRECTORS_COMMANDS, anywhere),
  accounting: powers(ACCOUNTANTS_COMMANDS, anywhere),
  warehouse: powers(WAREHOUSE_COMMANDS, inOwnBranchIfAny),
  'sales-system': none,
  auditor: none,
  reporting: none,
};

/**
 * Whose powers count: the actor's, or for a sales system those of the account manager whom it names, in the branch of its token.
 * A sales system that names nobody is no matter of authority but a malformed request; it has no powers of its own.
 */
export function powersOf(actor: Actor, onBehalfOf?: string): Actor | Refusal {
  if (onBehalfOf === undefined) return actor;
  if (actor.role !== 'sales-system') return refuse('authority.on-behalf-of', { role: actor.role });
  return { ...actor, actorId: onBehalfOf, role: 'account-manager' };
}

/** Why the actor (see `powersOf`) may not do this; undefined if they may. */
export function refusedByAuthority(command: CommandName, actor: Actor, scope: Scope): Refusal | undefined {
  const { commands, where } = powersByRole[actor.role];
  if (!commands.has(command)) return refuse('authority.role', { role: actor.role });
  return where(actor, scope);
}
