/**
 * Arrays in PostgreSQL's binary format: the text format would need every quote of every JSON text escaped, and parsed
 * again character by character on the other side.
 */
const headerBytes = 20;
const elementTypes = { text: 25, uuid: 2950, int4: 23 } as const;

function header(bytes: number, type: keyof typeof elementTypes, count: number): Buffer {
  const buffer = Buffer.allocUnsafe(headerBytes + bytes);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeInt32BE(elementTypes[type], 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16); // first subscript
  return buffer;
}

export function textArray(values: readonly string[]): Buffer {
  let bytes = 4 * values.length;
  for (const value of values) bytes += Buffer.byteLength(value);
  const buffer = header(bytes, 'text', values.length);
  let offset = headerBytes;
  for (const value of values) {
    const written = buffer.write(value, offset + 4);
    buffer.writeInt32BE(written, offset);
    offset += 4 + written;
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
