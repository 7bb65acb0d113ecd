import { requirement, type Requirement, type Series, seriesOf } from '../measuring/figures.js';
import { alternate, type Side } from '../measuring/rounds.js';
import { ratios } from '../measuring/statistics.js';
import { Grown } from '../stages/grown.js';
import type { Row } from './row.js';

const SIZES = {
  quick: [1_000, 10_000],
  whole: [10_000, 100_000, 1_000_000],
  full: [10_000, 100_000, 1_000_000, 5_000_000],
};
const STANDARD = { quick: 1_000, whole: 100_000, full: 100_000 };

interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly of: (grown: Grown) => Promise<number>;
}

/** Catch-ups come first: they are given events of wholesale, which must not be mixed with others. */
const measures: readonly Measure[] = [
  { name: 'catch-up', unit: 'events/s', of: (grown) => grown.catchUp() },
  { name: 'reports', unit: 'reports/s', of: (grown) => grown.reports() },
  { name: 'orders', unit: 'orders/s', of: (grown) => grown.orders() },
];

const at = (size: number): string => `at ${size.toLocaleString('en')} events`;

export const growth: Row = {
  name: 'growth',
  title: 'catch-up, reports and orders with logs of several sizes; against themselves at 100,000 events',
  async measure(bench) {
    const standard = STANDARD[bench.pace.kind];
    const grown: Grown[] = [];
    const series: Series[] = [];
    const requirements: Requirement[] = [];
    try {
      for (const size of SIZES[bench.pace.kind]) grown.push(await Grown.to(bench, size));
      for (const { name, unit, of } of measures) {
        const sides: Record<string, Side> = Object.fromEntries(
          grown.map((each) => [at(each.size), () => of(each)]),
        );
        const rates = await alternate(bench, `growth, ${name}`, sides);
        series.push(...seriesOf(name, unit, rates));
        for (const { size } of grown.filter((each) => each.size > standard))
          requirements.push(
            requirement(
              `${name} ${at(size)}, of that ${at(standard)}`,
              ratios(rates[at(size)] ?? [], rates[at(standard)] ?? []),
              { atLeast: 0.9 },
            ),
          );
      }
      return { series, requirements };
    } finally {
      for (const each of grown) await each.close();
    }
  },
};
