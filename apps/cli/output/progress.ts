import { SingleBar } from 'cli-progress';

/** Shows how far something with a known end has come. */
export interface Progress {
  reached(done: number): void;
  /** Says something in between, without spoiling what is shown. */
  note(line: string): void;
  end(): void;
}

const EVERY_PERCENT = 10;

/** A bar with rate and remaining time on a terminal, a line every ten per cent elsewhere. Goes to standard error. */
export const progressOf = (what: string, total: number): Progress =>
  process.stderr.isTTY ? bar(what, total) : lines(what, total);

function bar(what: string, total: number): Progress {
  const startedAt = Date.now();
  const shown = new SingleBar({
    format: '{bar} {percentage} % | {value} of {total} {what} | {rate}/s | {left} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    fps: 10,
    stream: process.stderr,
  });
  const figures = (done: number) => ({ what, ...pace(done, total, startedAt) });
  shown.start(total, 0, figures(0));
  let done = 0;
  return {
    reached(count) {
      done = count;
      shown.update(done, figures(done));
    },
    note(line) {
      process.stderr.write(`\r\u001B[K${line}\n`);
    },
    end() {
      shown.update(done, figures(done));
      shown.stop();
    },
  };
}

function lines(what: string, total: number): Progress {
  const startedAt = Date.now();
  let nextPercent = EVERY_PERCENT;
  return {
    reached(done) {
      const percent = Math.floor((done / total) * 100);
      if (percent < nextPercent) return;
      nextPercent = percent - (percent % EVERY_PERCENT) + EVERY_PERCENT;
      const { rate, left } = pace(done, total, startedAt);
      process.stderr.write(`${percent} % | ${done} of ${total} ${what} | ${rate}/s | ${left} left\n`);
    },
    note(line) {
      process.stderr.write(`${line}\n`);
    },
    end() {},
  };
}

/** By the average since the start. */
function pace(done: number, total: number, startedAt: number): { rate: number; left: string } {
  const seconds = (Date.now() - startedAt) / 1_000;
  if (done === 0 || seconds === 0) return { rate: 0, left: 'a while' };
  const rate = done / seconds;
  return { rate: Math.round(rate), left: `${Math.ceil((total - done) / rate)} s` };
}
