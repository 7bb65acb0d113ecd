import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { KontorRun, RunningKontor } from '../support/kontor-process.js';

const services = ['command-api', 'query-api', 'projector'] as const;

describe('kontor up', () => {
  let kontor: RunningKontor;

  beforeAll(async () => {
    kontor = await RunningKontor.start();
  }, 60_000);

  afterAll(async () => {
    await kontor.stop();
  }, 60_000);

  it('keeps what is secret from others', async () => {
    for (const file of [kontor.workspace.passwords, kontor.workspace.privateKey, kontor.workspace.running])
      expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('refuses to run twice in one directory, and says so', async () => {
    const { code, stderr } = await kontor.again().finished;
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `kontor: another "kontor up" is running in ${kontor.directory}\n`,
    });
  });

  it('says which ports are taken, and how to take others', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const address = server.address();
    const port = String(typeof address === 'object' && address ? address.port : '');
    const { code, stderr } = await new KontorRun([
      'up',
      '--directory',
      `${kontor.directory}/other`,
      '--command-port',
      port,
    ]).finished;
    server.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`${port} for the command API: give another with --command-port PORT`);
  });

  it('tells how far log and reports have come', async () => {
    const { code, stdout } = await new KontorRun(['status', '--json', '--directory', kontor.directory])
      .finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ log: { position: '0' } });
  });

  it('starts again whatever is killed', async () => {
    const before = await Promise.all(services.map((part) => kontor.pidOf(part)));
    for (const part of services) await kontor.kill(part);
    await kontor.kill('postgres');
    for (const name of ['The command API', 'The query API', 'The projector', 'PostgreSQL'])
      await kontor.run.says(new RegExp(`^${name} is back`));
    const after = await Promise.all(services.map((part) => kontor.pidOf(part)));
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  }, 60_000);

  it('leaves nothing behind that the next one would stumble over when it is killed itself', async () => {
    kontor.run.process.kill('SIGKILL');
    await kontor.run.finished;
    await kontor.startAgain();
    expect((await new KontorRun(['status', '--directory', kontor.directory]).finished).code).toBe(0);
  }, 60_000);

  it('ends with code 1 and the reason when a part dies five times within a minute', async () => {
    for (let death = 1; death < 5; death++) {
      await kontor.kill('projector');
      await kontor.run.says(/^The projector is back/, death);
    }
    await kontor.kill('projector');
    const { code, stderr } = await kontor.run.finished;
    expect(code).toBe(1);
    expect(stderr).toContain(
      'the projector died 5 times within a minute, at last because it was ended by SIGKILL',
    );
  }, 60_000);

  it('ends with code 0 when it is told to', async () => {
    await kontor.startAgain();
    expect(await kontor.stop()).toMatchObject({ code: 0 });
  }, 60_000);
});
