import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '#kontor/event-store';
import { type Projection, replayParked } from '#kontor/read-models';
import type { TestDatabase } from '../support/database.js';
import { type Running, startRunner } from './running.js';
import {
  appendScript,
  changeOf,
  counted,
  parkedPositions,
  scripted,
  scriptedRows,
  type Step,
  startScriptedDatabase,
  storedRows,
} from './scripted-projection.js';

const poison: Step = { op: 'fail' };
const unstorable: Step = { op: 'set', key: { id: 'a', part: 1 }, columns: { label: 'NUL: \u0000' } };
const mended: Parameters<typeof scripted>[1] = {
  applyOne: (step, table) => changeOf(step.op === 'fail' ? counted('mended') : step, table),
};

describe('An event that can not be applied', () => {
  const log = () => new InMemoryEventLog();
  let database: TestDatabase;
  let running: Running | undefined;
  beforeEach(async () => {
    database = await startScriptedDatabase('other_rows');
  });
  afterEach(async () => {
    await running?.stop();
    await database.drop();
  });

  const run = (log: InMemoryEventLog, ...projections: Projection[]): Running =>
    (running = startRunner({ log, databaseUrl: database.projectorUrl, projections }));
  const counts = async () =>
    Object.fromEntries((await storedRows(database.projectorUrl)).map(({ id, count }) => [id, count]));

  it.each([
    ['makes the projection throw', poison],
    ['is refused by the database', unstorable],
  ])('because it %s is parked with what its stream brings later, and the others flow on', async (_, step) => {
    const events = log();
    await appendScript(events, 'customer-1', [counted('a')]);
    await appendScript(events, 'customer-1', [counted('a'), step]);
    await appendScript(events, 'customer-2', [counted('b')]);
    const held = await appendScript(events, 'customer-1', [counted('a')]);
    await run(events, scripted('parking')).reach(held);
    const late = await appendScript(events, 'customer-1', [counted('a')]);
    await appendScript(events, 'customer-2', [counted('b')]).then((last) => running?.reach(last));

    expect(await counts()).toEqual({ a: '1', b: '2' });
    expect(await parkedPositions(database.projectorUrl, 'parking')).toEqual([2n, held, late]);
  });

  it('is applied with what stands behind it once its projection is mended, while the runner goes on', async () => {
    const events = log();
    await appendScript(events, 'customer-1', [poison]);
    const held = await appendScript(events, 'customer-1', [counted('a')]);
    await run(events, scripted('parking')).reach(held);
    await running?.stop();
    run(events, scripted('parking', mended));

    const place = { log: events, databaseUrl: database.projectorUrl };
    expect(await replayParked(scripted('parking'), place)).toEqual({
      replayed: 0,
      failed: [{ stream: 'customer-1', error: 'told to fail' }],
    });
    expect(await replayParked(scripted('parking', mended), place)).toEqual({ replayed: 2, failed: [] });
    await appendScript(events, 'customer-1', [counted('a')]).then((last) => running?.reach(last));

    expect(await counts()).toEqual({ mended: '1', a: '2' });
    expect(await parkedPositions(database.projectorUrl, 'parking')).toEqual([]);
  });

  it('because this version does not know it is parked for every projection', async () => {
    const events = log();
    const unknown = await appendScript(events, 'customer-1', [], 'NeverHeardOf');
    const held = await appendScript(events, 'customer-1', [counted('a')]);
    const other = scripted('other', { table: { ...scriptedRows, name: 'other_rows' } });
    await run(events, scripted('parking'), other).reach(held);

    expect(await parkedPositions(database.projectorUrl, 'parking')).toEqual([unknown, held]);
    expect(await parkedPositions(database.projectorUrl, 'other')).toEqual([unknown, held]);
  });
});
