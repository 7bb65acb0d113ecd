/** A line that is longer than any may be; nothing after it can be read. */
export const TOO_LONG = Symbol('too long');

const NEWLINE = 0x0a;

/**
 * Splits bytes at newlines, in constant memory. Blank lines are left out. Where the source fails (the client went away), what
 * came of an unfinished line is dropped with it.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Buffer | typeof TOO_LONG> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      begun.push(chunk.subarray(from, end));
      length += end - from;
      if (length > maxBytes) return yield TOO_LONG;
      const line = begun.length === 1 ? chunk.subarray(from, end) : Buffer.concat(begun, length);
      if (!isBlank(line)) yield line;
      begun = [];
      length = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    begun.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > maxBytes) return yield TOO_LONG;
  }
  const last = Buffer.concat(begun, length);
  if (!isBlank(last)) yield last;
}

const isBlank = (line: Buffer): boolean =>
  line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
