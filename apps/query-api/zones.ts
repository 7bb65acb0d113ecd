import { readFile } from 'node:fs/promises';
import { Type } from '@sinclair/typebox';
import { compile } from '#kontor/contracts';
import type { Zones } from '#kontor/read-models';

const faultOf = compile(
  Type.Object({
    default: Type.String(),
    branches: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
);

/** Reads `{ "default": "Europe/Berlin", "branches": { "london": "Europe/London" } }`; throws on what is no zone. */
export async function readZones(file: string): Promise<Zones> {
  const zones = JSON.parse(await readFile(file, 'utf8')) as {
    default: string;
    branches?: Record<string, string>;
  };
  const fault = faultOf(zones);
  if (fault) throw new Error(`The zones in ${file} are not usable: ${fault}`);
  const { default: standard, branches = {} } = zones;
  // Throws where there is no such zone.
  for (const timeZone of [standard, ...Object.values(branches)]) new Intl.DateTimeFormat('en', { timeZone });
  return { default: standard, branches };
}
