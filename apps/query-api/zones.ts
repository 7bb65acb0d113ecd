import { readFile } from 'node:fs/promises';
import { Type } from '@sinclair/typebox';
import { compile } from '#kontor/contracts';

const faultOf = compile(
  Type.Object({
    default: Type.String(),
    branches: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
);

/** The time zone in which the days of a branch end, as IANA names it. */
export type ZoneOf = (branchId: string) => string;

/** Reads `{ "default": "Europe/Berlin", "branches": { "london": "Europe/London" } }`; throws on what is no zone. */
export async function readZones(file: string): Promise<ZoneOf> {
  const zones = JSON.parse(await readFile(file, 'utf8')) as {
    default: string;
    branches?: Record<string, string>;
  };
  const fault = faultOf(zones);
  if (fault) throw new Error(`The zones in ${file} are not usable: ${fault}`);
  const byBranch = new Map(Object.entries(zones.branches ?? {}));
  // Throws where there is no such zone.
  for (const timeZone of [zones.default, ...byBranch.values()]) new Intl.DateTimeFormat('en', { timeZone });
  return (branchId) => byBranch.get(branchId) ?? zones.default;
}
