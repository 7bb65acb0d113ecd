/** A line of `POST /v1/commands`. */
export interface CommandLine {
  readonly command: string;
  readonly idempotencyKey: string;
  readonly onBehalfOf?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The answer to a line. */
export interface AnswerLine {
  readonly status: number;
  readonly idempotencyKey?: string;
  readonly replayed?: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The key is free again and the same line may pass later: too many requests, unavailable, a lost race. */
export const isTransient = ({ status, body }: AnswerLine): boolean =>
  status === 429 || status === 503 || (status === 409 && body['code'] === 'concurrency-conflict');

export const isAccepted = ({ status }: AnswerLine): boolean => status >= 200 && status < 300;
