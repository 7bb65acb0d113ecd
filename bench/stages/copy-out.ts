import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

const statement = `copy (
  select position, recorded_at, event_id, revision, stream, type, data, metadata from event_log.events order by position
) to stdout`;

/** Reads the log as bytes, as fast as the server sends them. Resolves to the number of rows. */
export async function copyBytes(url: string): Promise<number> {
  let rows = 0;
  await receive(url, (chunk) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
  });
  return rows;
}

/** The same, split into rows and columns, unescaped, and both JSON texts parsed. */
export async function copyParsed(url: string): Promise<number> {
  let rows = 0;
  let rest = '';
  const decoder = new TextDecoder();
  await receive(url, (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const columns = line.split('\t').map(unescaped);
      JSON.parse(columns[6] ?? '');
      JSON.parse(columns[7] ?? '');
      rows++;
    }
  });
  return rows;
}

async function receive(url: string, take: (chunk: Buffer) => void): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for await (const chunk of client.query(copyTo(statement))) take(chunk as Buffer);
  } finally {
    await client.end();
  }
}

const unescapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };

const unescaped = (column: string): string =>
  column.includes('\\')
    ? column.replaceAll(/\\(.)/g, (_, character: string) => unescapes[character] ?? character)
    : column;
