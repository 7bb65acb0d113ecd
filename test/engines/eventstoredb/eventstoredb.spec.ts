import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventLog } from '#kontor/event-store/eventstoredb';
import { describeEventLog } from '../../event-store/contract.js';
import { describeWireFaults } from '../../event-store/eventstoredb/wire-faults.js';
import { differingTotals, startImport, summaryOf } from '../../import/imported.js';
import { KontorRun, RunningKontor } from '../../support/kontor-process.js';
import { startEventStoreDb, wireTo } from './server.js';

const FILE = 'samples/online-retail.csv.gz';

// Started before the titles are written, which name it.
const server = await startEventStoreDb();
const wired = await wireTo(server.url);
afterAll(async () => {
  await wired?.wire.unplug();
  await server.dispose();
});

/** First, while the log holds nothing but what it imports. */
describe(`the import of the whole year, with ${server.name} as the log`, () => {
  let kontor: RunningKontor;
  beforeAll(async () => {
    kontor = await RunningKontor.start(wired?.url ?? server.url);
  }, 60_000);
  afterAll(async () => {
    await kontor.stop();
  }, 60_000);

  it('comes out exact to the penny though connections are cut and the server is killed, and a second one records nothing', async () => {
    const first = startImport(kontor, FILE);
    await first.says(/^20 %/);
    wired?.wire.cut();
    await first.says(/^40 %/);
    wired?.wire.blackhole();
    await first.says(/^60 %/);
    await server.process?.kill();
    await server.process?.start();
    await first.says(/^80 %/);
    wired?.wire.freeze();
    // The connections there are have been given up.
    await wired?.wire.nextConnection();
    wired?.wire.thaw();
    const summary = await summaryOf(first);
    expect(summary.refused).toEqual([]);
    expect(await differingTotals(kontor, FILE, summary)).toEqual([]);

    const again = await summaryOf(startImport(kontor, FILE));
    expect(again).toMatchObject({ recorded: 0, refused: [] });
  }, 1_800_000);

  it('leaves read models that equal a fresh replay of the log', async () => {
    const verification = new KontorRun(
      ['rebuild', '--verify', '--directory', kontor.directory],
      kontor.eventStoreUrl,
    );
    expect(await verification.finished).toMatchObject({ code: 0, stderr: '' });
  }, 600_000);
});

describeEventLog(server.name, () => {
  const log = new EventStoreDbEventLog(server.url);
  const other = new EventStoreDbEventLog(server.url);
  return Promise.resolve({
    log,
    other,
    hasIdIndex: false,
    drop: async () => {
      await Promise.all([log.close(), other.close()]);
    },
  });
});

if (wired)
  describeWireFaults(server.name, () => Promise.resolve({ ...wired, close: () => Promise.resolve() }));
