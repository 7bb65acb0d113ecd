import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';

/** Something that follows the log for as long as the process lives. */
export interface LogFollower {
  readonly name: string;
  /** Ends when the signal aborts, after what is under way; rejects only with what trying again does not mend. */
  readonly follow: (signal: AbortSignal) => Promise<void>;
}

/** Runs what follows the log beside the HTTP of health and metrics, and lets it finish what it is at before the process ends. */
@Injectable()
export class BackgroundWork implements BeforeApplicationShutdown {
  private readonly logger = new Logger(BackgroundWork.name);
  private readonly stop = new AbortController();
  private work: Promise<unknown> = Promise.resolve();

  /** Starts them all; `onFailure` is called when one gives up. */
  start(followers: readonly LogFollower[], onFailure: () => void): void {
    this.work = Promise.all(followers.map((follower) => this.run(follower, onFailure)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.work;
  }

  private async run({ name, follow }: LogFollower, onFailure: () => void): Promise<void> {
    try {
      await follow(this.stop.signal);
    } catch (error) {
      this.logger.fatal(`${name} stopped: ${error instanceof Error ? error.message : String(error)}`);
      onFailure();
    }
  }
}
