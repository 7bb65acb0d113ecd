/**
 * Why the cluster did not take something. `unavailable`: the same again may pass. `producer-unknown`: it no longer knows the
 * producer's numbers, a new producer may go on. `refused`: it never will.
 */
export class KafkaFailure extends Error {
  override readonly name = 'KafkaFailure';

  constructor(
    readonly kind: 'unavailable' | 'producer-unknown' | 'refused',
    cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

const REFUSED = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_VERSION',
]);

const PRODUCER_UNKNOWN = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'PRODUCER_FENCED',
]);

/** Reads what lies under kafkajs's wrappings: it calls "non-retriable" whatever it has retried often enough. */
export function kafkaFailure(error: unknown): KafkaFailure {
  let cause = error instanceof Error ? error : new Error(String(error));
  for (;;) {
    const type = 'type' in cause && typeof cause.type === 'string' ? cause.type : '';
    if (REFUSED.has(type)) return new KafkaFailure('refused', cause);
    if (PRODUCER_UNKNOWN.has(type)) return new KafkaFailure('producer-unknown', cause);
    const under = beneath(cause);
    if (!under) return new KafkaFailure('unavailable', cause);
    cause = under;
  }
}

/** The first of several, where they came together. */
function beneath(error: Error): Error | undefined {
  const under: unknown =
    error.cause ?? ('errors' in error && Array.isArray(error.errors) ? error.errors[0] : undefined);
  return under instanceof Error ? under : undefined;
}
