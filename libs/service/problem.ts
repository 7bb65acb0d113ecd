import type { ProblemCode } from '#kontor/contracts';

/** Something in a request that is not as the contract says; the path is dotted, such as `lines.0.quantity`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** An RFC 9457 problem document; a rule's figures stand beside the members of the standard. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly [figure: string]: unknown;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The document of a code: `order.not-open` becomes `urn:kontor:problem:order.not-open`, titled "Order not open". */
export function problemDocument(
  status: number,
  code: ProblemCode,
  detail: string,
  figures: Readonly<Record<string, unknown>> = {},
): ProblemDocument {
  const words = code.replace(/[.-]/g, ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return { ...figures, type: `urn:kontor:problem:${code}`, title, status, detail, code };
}

/** Thrown where a request ends early; the filter answers it with its document. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly document: ProblemDocument,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(document.detail);
  }

  static malformed(errors: readonly Fault[]): Problem {
    const [first] = errors;
    const detail = first ? `${first.path} ${first.message}`.trim() : 'The request is malformed.';
    return new Problem(problemDocument(400, 'malformed', detail, { errors }));
  }

  static unauthenticated(detail: string): Problem {
    return new Problem(problemDocument(401, 'unauthenticated', detail), { 'www-authenticate': 'Bearer' });
  }

  static forbidden(detail: string): Problem {
    return new Problem(problemDocument(403, 'forbidden', detail));
  }

  static notFound(detail: string): Problem {
    return new Problem(problemDocument(404, 'not-found', detail));
  }

  static unsupportedMediaType(): Problem {
    return new Problem(
      problemDocument(415, 'unsupported-media-type', 'The body is of a media type not taken here.'),
    );
  }

  /** For now: the same request may be made again after so many seconds. */
  static unavailable(detail: string, retryAfterSeconds = 1): Problem {
    return new Problem(problemDocument(503, 'unavailable', detail), {
      'retry-after': String(retryAfterSeconds),
    });
  }

  static tooMany(detail: string, retryAfterSeconds = 1): Problem {
    return new Problem(problemDocument(429, 'too-many-requests', detail), {
      'retry-after': String(retryAfterSeconds),
    });
  }
}
