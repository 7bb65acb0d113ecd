/** Events of the log that somebody at a position has yet to see; the log may have been looked at before they moved on. */
export const lagOf = (head: bigint, position: bigint): string =>
  String(head > position ? head - position : 0n);
