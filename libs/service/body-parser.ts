import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** No single request, and no line of a stream, is larger. */
export const MAX_BODY_BYTES = 1024 * 1024;

const NOT_STORABLE = /\0|\p{Surrogate}/u;

/** Neither a NUL nor half a surrogate pair can be stored as text by every engine; only escapes can bring them into JSON. */
const isStorable = (value: unknown): boolean => {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' && NOT_STORABLE.test(next)) return false;
    if (typeof next === 'object' && next !== null)
      for (const [key, inner] of Object.entries(next)) waiting.push(key, inner ?? false);
  }
  return true;
};

/** Parses JSON as it came over the wire, or throws a `Problem` (400) that says what is wrong with it. */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw Problem.malformed([{ path: '', message: 'must be valid UTF-8' }]);
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw Problem.malformed([{ path: '', message: 'must be valid JSON' }]);
  }
  if (text.includes('\\u') && !isStorable(value))
    throw Problem.malformed([{ path: '', message: 'must not contain NUL characters or lone surrogates' }]);
  return value;
}

/**
 * Takes JSON bodies, and passes on streams of the given media types unread. What a body may contain is the request classes'
 * business; unknown fields end there.
 */
export function parseBodies(fastify: FastifyInstance, streamed: readonly string[] = []): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, parseJson(body as Buffer));
      } catch (problem) {
        done(problem as Problem);
      }
    },
  );
  for (const mediaType of streamed)
    fastify.addContentTypeParser(mediaType, (_request, body, done) => done(null, body));
}
