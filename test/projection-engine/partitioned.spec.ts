import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '#kontor/event-store';
import {
  CheckpointMoved,
  closePartitioned,
  decoded,
  FeedBroken,
  openPartitioned,
  type PartitionedTarget,
  type PartitionMessage,
  readCheckpoints,
  verify,
} from '#kontor/read-models';
import type { TestDatabase } from '../support/database.js';
import {
  appendScript,
  counted,
  parkedPositions,
  scripted,
  startScriptedDatabase,
  type Step,
  storedRows,
  withClient,
} from './scripted-projection.js';

const first = { topic: 'customers', partition: 0 };
const second = { topic: 'customers', partition: 1 };
const projection = scripted('fed');

describe('A projection that is fed in partitions', () => {
  let database: TestDatabase;
  let log: InMemoryEventLog;
  const targets: PartitionedTarget[] = [];
  beforeEach(async () => {
    database = await startScriptedDatabase();
    log = new InMemoryEventLog();
  });
  afterEach(async () => {
    await Promise.all(targets.splice(0).map(closePartitioned));
    await database.drop();
  });

  async function open(hangMs = 5_000): Promise<PartitionedTarget> {
    const settings = {
      log,
      databaseUrl: database.projectorUrl,
      viewStatements: [],
      tolerance: { tries: 2, pauseMs: 1 },
      hangMs,
    };
    const target = await openPartitioned(projection, [first, second], settings, new AbortController().signal);
    targets.push(target);
    return target;
  }

  /** Appends one event to the log for each row, and gives the message that a feed would bring at the offset. */
  async function message(offset: number, row: string, stream = `customer-${row}`, step: Step = counted(row)) {
    const position = await appendScript(log, stream, [step]);
    for await (const event of log.readAll({ after: position - 1n }))
      return { offset: BigInt(offset), position, event: decoded(event) };
    throw new Error('what was appended is not there');
  }
  const watermark = (offset: number, position: bigint): PartitionMessage => ({
    offset: BigInt(offset),
    position,
  });
  const counts = async () =>
    Object.fromEntries((await storedRows(database.projectorUrl)).map(({ id, count }) => [id, count]));
  const checkpoint = () =>
    withClient(
      database.projectorUrl,
      async (client) => (await readCheckpoints(client)).get(projection.name)?.position,
    );

  it('applies an event once, though it comes again at the same offset or at another', async () => {
    const target = await open();
    const [one, two] = [await message(0, 'a'), await message(1, 'a')];
    await target.apply(first, [one, two]);
    await target.apply(first, [one, two]);
    await target.apply(first, [
      { ...one, offset: 2n },
      { ...two, offset: 3n },
    ]);
    expect(await counts()).toEqual({ a: '2' });
  });

  it('is not applied twice by a process that does not know that another has gone on', async () => {
    const [stale, present] = [await open(), await open()];
    const messages = [await message(0, 'a'), await message(1, 'a'), await message(2, 'a')];
    await stale.apply(first, messages.slice(0, 1));
    await present.apply(first, messages);
    await expect(stale.apply(first, messages.slice(1))).rejects.toThrow(CheckpointMoved);
    expect(await counts()).toEqual({ a: '3' });
  });

  it('is not kept waiting by a process that hangs within a transaction', async () => {
    const hung = await open(200);
    const messages = [await message(0, 'a')];
    await hung.client.query('BEGIN');
    await hung.client.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('kontor.feed.${projection.name}', 0))`,
    );
    await (await open()).apply(first, messages);
    expect(await counts()).toEqual({ a: '1' });
  });

  it('does not write by COPY, which no time-out ends where the process hangs', async () => {
    await withClient(database.projectorUrl, (client) =>
      client.query(`
        CREATE FUNCTION read_models.no_copy() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN RAISE EXCEPTION 'written by COPY'; END $$;
        CREATE TRIGGER no_copy BEFORE INSERT ON read_models.scripted_rows
          FOR EACH STATEMENT WHEN (current_query() ILIKE 'copy%') EXECUTE FUNCTION read_models.no_copy()`),
    );
    const messages: PartitionMessage[] = [];
    for (let row = 0; row < 300; row++)
      messages.push(
        await message(row, 'a', `customer-${row}`, {
          op: 'insert',
          row: { id: `row ${row}`, part: 1, count: 1, label: 'new' },
        }),
      );
    await (await open()).apply(first, messages);
    expect(await storedRows(database.projectorUrl)).toHaveLength(300);
  });

  it('asks for what is missing, and takes nothing of what comes after a gap', async () => {
    const target = await open();
    await target.apply(first, [await message(0, 'a')]);
    const missing = await message(1, 'a');
    const early = await message(2, 'a');
    expect(await target.apply(first, [early])).toEqual({ nextOffset: 1n, held: false });
    expect(await target.apply(first, [missing, early])).toEqual({ nextOffset: 3n, held: false });
    expect(await counts()).toEqual({ a: '3' });
  });

  it('goes on where it stood in each partition, with whatever process comes next', async () => {
    const messages = [await message(0, 'a'), await message(1, 'b')];
    await (await open()).apply(first, messages);
    const next = await open();
    expect(await next.apply(first, messages.slice(0, 1))).toEqual({ nextOffset: 2n, held: false });
    expect(await counts()).toEqual({ a: '1', b: '1' });
  });

  it('has a checkpoint that follows the partition furthest behind, watermarks included', async () => {
    const target = await open();
    const [one, two] = [await message(0, 'a'), await message(0, 'b')];
    await target.apply(first, [one]);
    await target.advance();
    expect(await checkpoint()).toBe(0n);
    await target.apply(second, [two]);
    await target.advance();
    expect(await checkpoint()).toBe(one.position);
    await target.apply(first, [watermark(1, two.position)]);
    await target.advance();
    expect(await checkpoint()).toBe(two.position);
  });

  it('passes over what a rebuild has put into the rows meanwhile', async () => {
    const target = await open();
    const messages = [await message(0, 'a'), await message(1, 'a')];
    await target.apply(first, messages.slice(0, 1));
    await withClient(database.projectorUrl, async (client) => {
      await client.query('UPDATE read_models.scripted_rows SET count = 2');
      await client.query('UPDATE read_models.checkpoints SET position = 2, epoch = epoch + 1');
    });
    await expect(target.apply(first, messages.slice(1))).rejects.toThrow(CheckpointMoved);
    await (await open()).apply(first, messages);
    expect(await counts()).toEqual({ a: '2' });
  });

  it('stops at one position in all partitions while a verification compares', async () => {
    const [target, other] = [await open(), await open()];
    const [one, two, later] = [await message(0, 'a'), await message(0, 'b'), await message(1, 'a')];
    await target.apply(second, [two]);
    const verdicts = verify([projection], { log, databaseUrl: database.projectorUrl });
    await untilHeld(other);
    expect(await target.apply(first, [one, later])).toEqual({ nextOffset: 1n, held: true });
    await target.advance();
    expect(await verdicts).toMatchObject([{ equal: true, position: two.position }]);
    await target.lookForHold();
    expect(await target.apply(first, [later])).toEqual({ nextOffset: 2n, held: false });
  });

  it('parks an event that can not be applied, and goes on in the partition', async () => {
    const target = await open();
    const poison = await message(0, 'a', 'customer-a', { op: 'fail' });
    await target.apply(first, [poison, await message(1, 'a'), await message(2, 'b')]);
    expect(await counts()).toEqual({ b: '1' });
    expect(await parkedPositions(database.projectorUrl, projection.name)).toEqual([1n, 2n]);
  });

  it('does not take a partition that was made anew for what it was', async () => {
    const target = await open();
    await target.apply(first, [await message(0, 'a'), await message(1, 'a')]);
    await expect(target.apply(first, [await message(0, 'a')])).rejects.toThrow(FeedBroken);
  });

  async function untilHeld(target: PartitionedTarget): Promise<void> {
    while (!target.isHeld) await target.lookForHold();
  }
});
