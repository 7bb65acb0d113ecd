import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Load } from '../measuring/open-loop.js';
import type { Answer, TillsSetting, View } from './tills-thread.js';

/**
 * Tills that write at a steady rate and look at the report that follows, of Kontor or of the bare path. In a thread of their own, with little
 * room for young objects: with the usual 16 MB the thread that measures stood still for 20 to 50 ms every few seconds to collect
 * what its HTTP client had left, and one lag in a hundred was its own.
 */
export class Tills {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #stop: () => void;

  constructor(setting: TillsSetting, signal: AbortSignal) {
    this.#worker = new Worker(new URL('./tills-thread.js', import.meta.url), {
      workerData: setting,
      resourceLimits: { maxYoungGenerationSizeMb: 3 },
    });
    this.#signal = signal;
    this.#stop = () => void this.#worker.terminate();
    signal.addEventListener('abort', this.#stop);
  }

  async lags(view: View, load: Load): Promise<number[]> {
    this.#worker.postMessage({ view, load });
    const [answer] = (await once(this.#worker, 'message', { signal: this.#signal })) as [Answer];
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.lags;
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    await this.#worker.terminate();
  }
}
