/** A command on its way to the command API, with who sends it and what has to stand before it may be sent. */
export interface PlannedCommand {
  readonly sender: Sender;
  readonly command: string;
  readonly idempotencyKey: string;
  readonly onBehalfOf?: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly occurredAt: string };
  /** Key of a command by another sender that must have been accepted before. */
  readonly after?: string;
}

/** Whose token a command goes with. Commands of one sender take effect in the order of the list. */
export interface Sender {
  readonly actorId: string;
  readonly role: 'sales-system' | 'accounting' | 'branch-director' | 'commercial-director';
  readonly branchId?: string;
}

export const senderName = ({ actorId, branchId }: Sender): string =>
  branchId === undefined ? actorId : `${actorId} (${branchId})`;
