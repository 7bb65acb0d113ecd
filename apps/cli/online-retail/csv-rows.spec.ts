import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readRows } from './csv-rows.js';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const array: Item[] = [];
  for await (const item of items) array.push(item);
  return array;
}

describe('rows of a CSV file', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kontor-csv-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  async function rowsOf(content: string, name = 'data.csv'): Promise<string[][]> {
    const file = join(directory, name);
    await writeFile(file, name.endsWith('.gz') ? gzipSync(content) : content);
    return all(readRows(file));
  }

  it('are split at commas, whichever way lines end, and whether or not the last one does', async () => {
    expect(await rowsOf('a,b\r\n1,\n,2')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
    ]);
  });

  it('may hold commas, quotes and line breaks within quotes', async () => {
    expect(await rowsOf('a,"b, ""c""\nd",e\nf,g,h\n')).toEqual([
      ['a', 'b, "c"\nd', 'e'],
      ['f', 'g', 'h'],
    ]);
  });

  it('are read from gzip alike', async () => {
    expect(await rowsOf('a,é\n', 'data.csv.gz')).toEqual([['a', 'é']]);
  });

  it('are refused where a quote is never closed, and where there is no file', async () => {
    await expect(rowsOf('a,"b\n')).rejects.toThrow('ends within a quoted field');
    await expect(all(readRows(join(directory, 'none.csv.gz')))).rejects.toThrow('ENOENT');
  });
});
