/** What is not valid by its schema, or of a type or version that this program does not know. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}
