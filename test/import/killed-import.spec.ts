import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KontorRun, RunningKontor } from '../support/kontor-process.js';
import { differingTotals, startImport, summaryOf } from './imported.js';

const FILE = 'samples/first-days.csv.gz';

describe('an import during which everything is killed', () => {
  let kontor: RunningKontor;

  beforeAll(async () => {
    kontor = await RunningKontor.start();
  }, 60_000);

  afterAll(async () => {
    await kontor.stop();
  }, 60_000);

  it('comes out exact to the penny, and a second one records nothing', async () => {
    // Where exactly within the next tenth each one dies is up to the machine.
    const first = startImport(kontor, FILE);
    await first.says(/^10 %/);
    await kontor.kill('command-api');
    await first.says(/^20 %/);
    await kontor.kill('projector');
    await first.says(/^40 %/);
    await kontor.kill('postgres');
    await first.says(/^60 %/);
    first.process.kill('SIGKILL');
    await first.finished;

    const resumed = startImport(kontor, FILE);
    await resumed.says(/^80 %/);
    await Promise.all([kontor.kill('command-api'), kontor.kill('projector')]);
    const summary = await summaryOf(resumed);
    expect(summary.refused).toEqual([]);
    expect(await differingTotals(kontor, FILE, summary)).toEqual([]);

    const again = await summaryOf(startImport(kontor, FILE));
    expect(again).toMatchObject({ recorded: 0, refused: [] });
    expect(await differingTotals(kontor, FILE, again)).toEqual([]);
  }, 120_000);

  it('leaves read models that equal a fresh replay of the log', async () => {
    const verification = new KontorRun(['rebuild', '--verify', '--directory', kontor.directory]);
    expect(await verification.finished).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);
});
