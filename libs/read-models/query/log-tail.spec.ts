import { describe, expect, it } from '@jest/globals';
import { LogUnavailable, type Position, type ReadAllOptions, type RecordedEvent } from '#kontor/event-store';
import { LogTail } from './log-tail.js';

/** A log of so many events; it can grow. */
class GrowingLog {
  reads: ReadAllOptions[] = [];
  isDown = false;

  constructor(
    public end: number,
    public dataOf = (_position: number) => '{}',
  ) {}

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    this.reads.push(options);
    await Promise.resolve();
    if (this.isDown) throw new LogUnavailable('not now');
    const { after = 0n, limit = Infinity } = options;
    const last = Math.min(this.end, Number(after) + limit);
    for (let position = Number(after) + 1; position <= last; position++)
      yield { position: BigInt(position), data: this.dataOf(position), metadata: '{}' } as RecordedEvent;
  }
}

const read = async (tail: LogTail, after: Position, upTo: Position) => {
  const stretch = await tail.read(after, upTo);
  return stretch && [stretch.after, stretch.upTo, stretch.events.map(({ position }) => Number(position))];
};

describe("The log's end", () => {
  it('is read up to the position at the least', async () => {
    expect(await read(new LogTail(new GrowingLog(5)), 2n, 4n)).toEqual([2n, 5n, [3, 4, 5]]);
  });

  it('is read once for all who ask, and then only what is new', async () => {
    const log = new GrowingLog(5);
    const tail = new LogTail(log);
    const asked = [read(tail, 2n, 4n), read(tail, 2n, 5n), read(tail, 3n, 5n)];
    expect(await Promise.all(asked)).toEqual(asked.map(() => [2n, 5n, [3, 4, 5]]));
    log.end = 7;
    expect(await read(tail, 5n, 7n)).toEqual([2n, 7n, [3, 4, 5, 6, 7]]);
    expect(log.reads.map(({ after }) => after)).toEqual([2n, 5n]);
  });

  it('is read again by who asks meanwhile for what the log has got since', async () => {
    const log = new GrowingLog(5);
    const tail = new LogTail(log);
    const first = read(tail, 2n, 4n);
    await Promise.resolve();
    log.end = 6;
    expect(await read(tail, 2n, 6n)).toEqual([2n, 6n, [3, 4, 5, 6]]);
    await first;
  });

  it('begins anew where rows stand beyond what was read, or before', async () => {
    const tail = new LogTail(new GrowingLog(9));
    await read(tail, 2n, 4n);
    expect(await read(tail, 9n, 9n)).toEqual([2n, 9n, [3, 4, 5, 6, 7, 8, 9]]);
    expect(await read(tail, 1n, 3n)).toEqual([1n, 9n, [2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  it('is not held whole: what came first is lost', async () => {
    const log = new GrowingLog(256);
    const tail = new LogTail(log);
    await read(tail, 0n, 256n);
    log.end = 300;
    expect(await read(tail, 200n, 300n)).toMatchObject([44n, 300n, { length: 256 }]);
    const large = new LogTail(new GrowingLog(3, () => 'x'.repeat(1_500_000)));
    expect(await read(large, 1n, 3n)).toEqual([1n, 3n, [2, 3]]);
    expect(await read(large, 0n, 3n)).toBeUndefined();
  });

  it('is given up where it is not there, or can not be read', async () => {
    expect(await read(new LogTail(new GrowingLog(5)), 3n, 6n)).toBeUndefined();
    const log = new GrowingLog(5);
    log.isDown = true;
    expect(await read(new LogTail(log), 0n, 1n)).toBeUndefined();
  });

  it('is read anew where nothing was read for a while, or in vain: a backup may have taken its place', async () => {
    let now = 0;
    const log = new GrowingLog(5, () => 'as it was');
    const tail = new LogTail(log, () => now);
    const seen = async (upTo: Position) => (await tail.read(3n, upTo))?.events.map(({ data }) => data);
    expect(await seen(5n)).toEqual(['as it was', 'as it was']);
    log.end = 6;
    log.dataOf = () => 'new';
    now = 999;
    expect(await seen(6n)).toEqual(['as it was', 'as it was', 'new']);
    now = 1_998;
    expect(await seen(6n)).toEqual(['as it was', 'as it was', 'new']);
    now = 1_999;
    expect(await seen(6n)).toEqual(['new', 'new', 'new']);

    log.isDown = true;
    expect(await seen(7n)).toBeUndefined();
    log.isDown = false;
    log.dataOf = () => 'restored';
    now = 2_249;
    expect(await seen(6n)).toEqual(['restored', 'restored', 'restored']);
  });

  it('is given up where it is too far, and left alone for a while', async () => {
    const log = new GrowingLog(600);
    const tail = new LogTail(log);
    expect(await read(tail, 0n, 600n)).toBeUndefined();
    expect(await read(tail, 599n, 600n)).toBeUndefined();
    expect(log.reads.length).toBeLessThan(3);
    while (!(await read(tail, 599n, 600n))) await new Promise(setImmediate);
    expect(log.reads.at(-1)).toMatchObject({ after: 599n });
  });

  it('is not waited for without end', async () => {
    const silent = new LogTail({
      // oxlint-disable-next-line require-yield -- it never answers
      readAll: async function* () {
        await new Promise(() => {});
      },
    });
    expect(await read(silent, 0n, 1n)).toBeUndefined();
  });
});
