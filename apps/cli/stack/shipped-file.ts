import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Path of a file that comes with Kontor, wherever it was started from and whether or not it was built. */
export function shippedFile(path: string): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return join(directory, path);
}
