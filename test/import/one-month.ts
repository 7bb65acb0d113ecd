import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { rowsOf, totalsOfRows } from '../../apps/cli/online-retail/testing/totals-of-rows.js';

const YEAR = 'samples/online-retail.csv.gz';

/** The invoices of a month such as `2010-12`, cut out of the sample, as a file with its totals beside it. */
export async function oneMonth(month: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'kontor-month-'));
  const file = join(directory, `${month}.csv.gz`);
  const [header = '', ...lines] = gunzipSync(await readFile(YEAR))
    .toString()
    .trimEnd()
    .split('\n');
  // No text of the sample has a line break or a date in it.
  const text = [header, ...lines.filter((line) => line.includes(`,${month}-`))].join('\n');
  await writeFile(file, gzipSync(text));
  await writeFile(join(directory, `${month}.totals.json`), JSON.stringify(totalsOfRows(rowsOf(text))));
  await copyFile('samples/organisation.json', join(directory, 'organisation.json'));
  return file;
}
