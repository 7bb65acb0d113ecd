import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedFile } from '../../apps/cli/stack/shipped-file.js';
import { median, spread } from '../measuring/statistics.js';
import { chartOf } from './chart.js';
import type { Report } from './report.js';
import { verdictOf } from './verdict.js';

/** Writes the figures and their chart, and tells the name under which they stand. */
export async function writeReport(report: Report): Promise<string> {
  const directory = shippedFile('bench/results');
  await mkdir(directory, { recursive: true });
  const file = join(directory, report.startedAt.replaceAll(':', '-').slice(0, 19));
  const rows = report.rows.map((row) => ({
    ...row,
    series: row.series.map((each) => ({ ...each, ...summary(each.values) })),
    requirements: row.requirements.map((each) => ({
      ...each,
      ...summary(each.values),
      verdict: verdictOf(each),
    })),
  }));
  await writeFile(`${file}.json`, `${JSON.stringify({ ...report, rows }, null, 2)}\n`);
  await writeFile(`${file}.svg`, chartOf(report));
  return file;
}

const summary = (values: readonly number[]) => ({ median: median(values), spread: spread(values) });
