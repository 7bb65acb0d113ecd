import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../apps/cli/embedded-postgres/index.js';
import { KontorRun, RunningKontor } from '../support/kontor-process.js';

let kontor: RunningKontor;

beforeAll(async () => {
  process.env['KONTOR_KAFKA_BROKERS'] = `127.0.0.1:${await freePort()}`;
  kontor = await RunningKontor.start();
}, 60_000);

afterAll(async () => {
  delete process.env['KONTOR_KAFKA_BROKERS'];
  await kontor.stop();
}, 60_000);

it('Kontor is up without its Kafka, and tells what the relay waits for', async () => {
  const told = async (): Promise<unknown> => {
    const run = new KontorRun(['status', '--json', '--directory', kontor.directory]);
    const { stdout } = await run.finished;
    return JSON.parse(stdout);
  };
  for (;;) {
    const status = await told();
    if (JSON.stringify(status).includes('backing-off')) {
      expect(status).toMatchObject({
        projections: expect.arrayContaining([expect.objectContaining({ lag: '0' })]),
        relay: { position: '0', lag: '0', error: expect.stringContaining('ECONNREFUSED') },
      });
      break;
    }
    await pause(100);
  }
  const { stdout } = await new KontorRun(['status', '--directory', kontor.directory]).finished;
  expect(stdout).toMatch(/^Relay to Kafka at position 0, lag 0, backing-off: .*ECONNREFUSED/m);
}, 60_000);
