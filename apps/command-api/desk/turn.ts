/** A command's place among others that are decided at the same time and have to be recorded in an order. */
export interface Turn {
  /** Those before it are recorded, or on their way. */
  readonly comes: Promise<unknown>;
  /** Lets those behind it follow. */
  readonly pass: () => void;
}
