import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { ConfigurationInvalid } from './configuration.js';

export interface Startable {
  readonly app: NestFastifyApplication;
  readonly port: number;
}

/** Runs a service as a process: it listens, or ends with code 1 and the reason in one message. */
export async function start(create: () => Promise<Startable>): Promise<void> {
  try {
    const { app, port } = await create();
    await app.listen(port, '0.0.0.0');
    app.get(Logger).log(`listening on ${await app.getUrl()}`);
  } catch (failure) {
    const reason = failure instanceof ConfigurationInvalid ? failure.message : failure;
    process.stderr.write(`${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
    process.exit(1);
  }
}
