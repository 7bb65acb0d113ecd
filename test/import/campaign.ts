/**
 * The whole year, imported while each part is killed with -9 several times at random, until nothing more is to be done; then every
 * control total is checked, that one more import records nothing, and that all read models equal a fresh replay.
 * `npm run test:campaign -- SEED` repeats a run's choices; what the machine does between them is its own affair.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { KontorRun, type PartName, RunningKontor } from '../support/kontor-process.js';
import { differingTotals, startImport, summaryOf } from './imported.js';

const FILE = 'samples/online-retail.csv.gz';
const VICTIMS = ['command-api', 'projector', 'postgres', 'importer'] as const;
const DEATHS_OF_EACH = 3;
/** Five deaths of one part within a minute would rightly end everything. */
const SHORTEST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 8_000;

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
const say = (line: string): boolean =>
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

say(`Seed ${seed}.`);
const kontor = await RunningKontor.start();
try {
  let importing = startImport(kontor, FILE);
  for (const victim of shuffled(
    VICTIMS.flatMap((name) => Array.from({ length: DEATHS_OF_EACH }, () => name)),
  )) {
    await pause(SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
    const isOver = importing.process.exitCode !== null;
    say(`${isOver ? 'The import is over' : 'The import goes on'}; killing ${victim}.`);
    if (victim !== 'importer') await kontor.kill(victim satisfies PartName);
    else importing.process.kill('SIGKILL');
    if (victim === 'importer' || isOver) {
      await importing.finished;
      importing = startImport(kontor, FILE);
    }
  }
  const last = await summaryOf(importing);
  say(`Recorded last: ${last.recorded}, before: ${last.replayed}.`);
  requireNone('refused commands', last.refused);
  requireNone('differing totals', await differingTotals(kontor, FILE, last));
  const again = await summaryOf(startImport(kontor, FILE));
  requireNone('commands recorded by one more import', Array.from({ length: again.recorded }));
  requireNone('differing totals after it', await differingTotals(kontor, FILE, again));
  const verification = await new KontorRun(['rebuild', '--verify', '--directory', kontor.directory]).finished;
  say(verification.stdout);
  requireNone('differing projections', verification.code === 0 ? [] : [verification.stderr]);
  say('All is as it should be.');
} finally {
  await kontor.stop();
}

function requireNone(what: string, found: readonly unknown[]): void {
  say(`${found.length} ${what}.`);
  if (found.length > 0) throw new Error(`${what} (seed ${seed}): ${JSON.stringify(found.slice(0, 10))}`);
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Park and Miller's generator: enough to choose by. */
function randomFrom(start: number): () => number {
  let state = (start % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
