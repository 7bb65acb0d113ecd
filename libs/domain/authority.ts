import type { Actor } from '#kontor/contracts';
import type { Refusal } from './decision.js';

export type CommandName =
  | 'RegisterCustomer'
  | 'CorrectCustomerDetails'
  | 'ReassignCustomer'
  | 'ChangeSegment'
  | 'SetCreditTerms'
  | 'BlockCustomer'
  | 'UnblockCustomer'
  | 'PlaceOrder'
  | 'GrantDiscount'
  | 'WithdrawDiscount'
  | 'AmendOrder'
  | 'CancelOrder'
  | 'ReceivePayment'
  | 'ReversePayment'
  | 'IssueGoods'
  | 'ReturnGoods'
  | 'IssueCreditNote'
  | 'RequestStock'
  | 'ConfirmStockRequest'
  | 'RefuseStockRequest'
  | 'DispatchStock'
  | 'ReceiveStock'
  | 'CancelStockRequest'
  | 'SetSalesPlan'
  | 'ReviseSalesPlan'
  | 'CloseSalesPlan';

/** What a command would touch. */
export interface Scope {
  /** The branch concerned: the customer's now, the order's, the request's, the plan's (none for a territory's plan). */
  readonly branchId?: string;
  /** The branch that ReassignCustomer names. */
  readonly toBranchId?: string;
  /** To whom the customer concerned is assigned now. None for a stock request that names no order. */
  readonly customerManagerId?: string;
  /** To whom RegisterCustomer assigns the customer. */
  readonly accountManagerId?: string;
}

/**
 * Whose powers count: the actor's, or for a sales system those of the account manager whom it names, in the branch of its token.
 * A sales system that names nobody is no matter of authority but a malformed request, and has no powers.
 */
export function powersOf(actor: Actor, onBehalfOf?: string): Actor | Refusal {
  throw new Error('not decided yet');
}

/** Why the actor (see `powersOf`) may not do this; undefined if they may. */
export function refusedByAuthority(command: CommandName, actor: Actor, scope: Scope): Refusal | undefined {
  throw new Error('not decided yet');
}
