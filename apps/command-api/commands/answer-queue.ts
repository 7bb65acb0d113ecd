import type { ServerResponse } from 'node:http';

/** What may be under way on one stream. */
export interface StreamLimits {
  readonly lines: number;
  readonly bytes: number;
  /** A client that takes no answer for so long is cut off. */
  readonly patienceMs: number;
}

export const STREAM_LIMITS = Symbol('stream limits');
export const standardLimits: StreamLimits = { lines: 256, bytes: 8 * 1024 * 1024, patienceMs: 30_000 };

interface Slot {
  readonly bytes: number;
  text: string | undefined;
}

/** Writes answers in the order of their questions, however they come, and says when there is room for more questions. */
export class AnswerQueue {
  private readonly slots: Slot[] = [];
  private bytes = 0;
  private writing = false;
  private changed = Promise.withResolvers<void>();

  constructor(
    private readonly response: ServerResponse,
    private readonly limits: StreamLimits,
  ) {
    response.once('close', () => this.signalChange());
  }

  /** The client is gone: nothing can be told to it any more. */
  get isCut(): boolean {
    return this.response.destroyed;
  }

  /** Waits until another question of so many bytes fits; false where the client is gone. */
  async room(bytes: number): Promise<boolean> {
    while (!this.isCut && this.slots.length > 0 && !this.fits(bytes)) await this.changed.promise;
    return !this.isCut;
  }

  /** Takes the place of the next answer; the line is written once those before it are. */
  add(bytes: number, answer: Promise<string>): void {
    const slot: Slot = { bytes, text: undefined };
    this.slots.push(slot);
    this.bytes += bytes;
    void answer.then((text) => {
      slot.text = text;
      return this.write();
    });
  }

  /** Resolves when every answer is written, or the client is gone. */
  async drained(): Promise<void> {
    while (!this.isCut && this.slots.length > 0) await this.changed.promise;
  }

  private fits(bytes: number): boolean {
    return this.slots.length < this.limits.lines && this.bytes + bytes <= this.limits.bytes;
  }

  private async write(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    for (let text = this.take(); text !== ''; text = this.take()) {
      if (this.isCut) break;
      const flows = this.response.write(text);
      this.signalChange();
      if (!flows) await this.drain();
    }
    this.writing = false;
  }

  /** All answers at the head of the queue that have come, as one text: a write costs more than a line. */
  private take(): string {
    let text = '';
    let taken = 0;
    for (const slot of this.slots) {
      if (slot.text === undefined) break;
      text += slot.text;
      this.bytes -= slot.bytes;
      taken++;
    }
    this.slots.splice(0, taken);
    return text;
  }

  private drain(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.response.destroy(), this.limits.patienceMs);
      const goOn = () => {
        clearTimeout(timer);
        this.response.off('drain', goOn).off('close', goOn);
        resolve();
      };
      this.response.on('drain', goOn).on('close', goOn);
    });
  }

  private signalChange(): void {
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }
}
