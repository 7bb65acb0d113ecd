/**
 * Arrays in PostgreSQL's binary format: the text format would need every quote of every JSON text escaped, and parsed
 * again character by character on the other side.
 */
const headerBytes = 20;
const elementTypes = { text: 25, uuid: 2950, int4: 23, json: 114, jsonb: 3802 } as const;
/** What stands before a jsonb's text. */
const jsonbVersion = 1;

function header(bytes: number, type: keyof typeof elementTypes, count: number, hasNulls = false): Buffer {
  const buffer = Buffer.allocUnsafe(headerBytes + bytes);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(hasNulls ? 1 : 0, 4);
  buffer.writeInt32BE(elementTypes[type], 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16); // first subscript
  return buffer;
}

export const textArray = (values: readonly (string | null)[]): Buffer => arrayOfTexts('text', values);

/** Of JSON texts. */
export const jsonArray = (values: readonly (string | null)[]): Buffer => arrayOfTexts('json', values);

/** Of JSON texts. */
export const jsonbArray = (values: readonly (string | null)[]): Buffer =>
  arrayOfTexts('jsonb', values, jsonbVersion);

function arrayOfTexts(
  type: 'text' | 'json' | 'jsonb',
  values: readonly (string | null)[],
  prefix?: number,
): Buffer {
  const prefixBytes = prefix === undefined ? 0 : 1;
  let bytes = 4 * values.length;
  for (const value of values) if (value !== null) bytes += prefixBytes + Buffer.byteLength(value);
  const buffer = header(bytes, type, values.length, values.includes(null));
  let offset = headerBytes;
  for (const value of values) {
    let length = -1;
    if (value !== null) {
      if (prefix !== undefined) buffer[offset + 4] = prefix;
      length = prefixBytes + buffer.write(value, offset + 4 + prefixBytes);
    }
    buffer.writeInt32BE(length, offset);
    offset += 4 + Math.max(length, 0);
  }
  return buffer;
}

export function uuidArray(values: readonly string[]): Buffer {
  const buffer = header(20 * values.length, 'uuid', values.length);
  let offset = headerBytes;
  for (const value of values) {
    buffer.writeInt32BE(16, offset);
    buffer.write(value.replaceAll('-', ''), offset + 4, 'hex');
    offset += 20;
  }
  return buffer;
}

export function integerArray(values: readonly number[]): Buffer {
  const buffer = header(8 * values.length, 'int4', values.length);
  let offset = headerBytes;
  for (const value of values) {
    buffer.writeInt32BE(4, offset);
    buffer.writeInt32BE(value, offset + 4);
    offset += 8;
  }
  return buffer;
}
