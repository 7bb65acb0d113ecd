import { type EventLog, LogReplaced, type Position } from '#kontor/event-store';

/** How far a projection has come, as `read_models.checkpoints` keeps it. */
export interface Checkpoint {
  /** Version of the projection that made the rows. */
  readonly version: number;
  /** Everything up to here is in the rows, or parked. */
  readonly position: Position;
  /** The event at the position; none before the first. */
  readonly eventId: string | null;
  readonly logId: string;
  /** Counts what was done to the rows besides following the log. */
  readonly epoch: number;
}

const advice =
  'Was an older backup of the log restored, or another log configured? `kontor rebuild` makes the read models anew from this log.';

/** Proves that the log still holds what the checkpoint has seen, or throws `LogReplaced`. */
export async function proveContinuity(
  log: EventLog,
  projection: string,
  checkpoint: Checkpoint,
): Promise<void> {
  const { position, eventId, logId } = checkpoint;
  const head = await log.head();
  if (head.logId !== logId)
    throw new LogReplaced(`${projection} was made from log ${logId}, this one is ${head.logId}. ${advice}`);
  if (head.position < position)
    throw new LogReplaced(
      `${projection} has seen the log up to position ${position}, but it ends at ${head.position}. ${advice}`,
    );
  if (eventId === null) return;
  const found = await eventIdAt(log, position);
  if (found !== eventId)
    throw new LogReplaced(
      `${projection} has seen event ${eventId} at position ${position}, where the log has ${found ?? 'none'}. ${advice}`,
    );
}

export async function eventIdAt(log: EventLog, position: Position): Promise<string | undefined> {
  for await (const event of log.readAll({ after: position - 1n, limit: 1 }))
    return event.position === position ? event.eventId : undefined;
  return undefined;
}
