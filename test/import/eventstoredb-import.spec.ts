import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbStandIn } from '../stand-ins/eventstoredb/index.js';
import { KontorRun, RunningKontor } from '../support/kontor-process.js';
import { differingTotals, startImport, summaryOf } from './imported.js';
import { oneMonth } from './one-month.js';

describe('the import of December 2010 with EventStoreDB (a stand-in) as the log', () => {
  let standIn: EventStoreDbStandIn;
  let kontor: RunningKontor;
  let file: string;

  beforeAll(async () => {
    file = await oneMonth('2010-12');
    standIn = await EventStoreDbStandIn.start();
    kontor = await RunningKontor.start(standIn.url);
  }, 60_000);

  afterAll(async () => {
    await kontor.stop();
    await standIn.stop();
  }, 60_000);

  it('comes out exact to the penny though the server is killed, and a second one records nothing', async () => {
    const first = startImport(kontor, file);
    await first.says(/^20 %/);
    standIn.wire.cut();
    await first.says(/^40 %/);
    await standIn.stop();
    await standIn.restart();
    await first.says(/^60 %/);
    await kontor.kill('command-api');
    const summary = await summaryOf(first);
    expect(summary.refused).toEqual([]);
    expect(await differingTotals(kontor, file, summary)).toEqual([]);

    const again = await summaryOf(startImport(kontor, file));
    expect(again).toMatchObject({ recorded: 0, refused: [] });
    const ids = standIn.log.all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }, 180_000);

  it('leaves read models that equal a fresh replay of the log', async () => {
    const verification = new KontorRun(
      ['rebuild', '--verify', '--directory', kontor.directory],
      kontor.eventStoreUrl,
    );
    expect(await verification.finished).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);
});
