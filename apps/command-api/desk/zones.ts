import { readFile } from 'node:fs/promises';
import { tzOffset } from '@date-fns/tz';

const QUARTER_HOUR_MS = 15 * 60_000;
const REMEMBERED_OFFSETS = 20_000;

const isZone = (zone: unknown): zone is string =>
  typeof zone === 'string' && Number.isFinite(tzOffset(zone, new Date(0)));

/** The time zones of the branches: a business day begins where the branch is. */
export class Zones {
  /** Asking Intl takes 3 µs, and an import asks for the same quarter of an hour again and again. */
  private readonly offsets = new Map<string, number>();

  constructor(
    private readonly standard: string,
    private readonly byBranch: ReadonlyMap<string, string>,
  ) {}

  /** Reads `{ "default": "Europe/Berlin", "branches": { "london": "Europe/London" } }`; throws on what is no zone. */
  static parse(content: string): Zones {
    const { default: standard, branches = {} } = JSON.parse(content) as {
      readonly default?: unknown;
      readonly branches?: Readonly<Record<string, unknown>>;
    };
    const zones = Object.entries(branches).map(([branch, zone]) => {
      if (!isZone(zone)) throw new Error(`the zone of branch ${branch} is no time zone`);
      return [branch, zone] as const;
    });
    if (!isZone(standard)) throw new Error('the default zone is no time zone');
    return new Zones(standard, new Map(zones));
  }

  static async read(file: string): Promise<Zones> {
    try {
      return Zones.parse(await readFile(file, 'utf8'));
    } catch (failure) {
      throw new Error(`The zones in ${file} are not usable: ${String(failure)}`, { cause: failure });
    }
  }

  /** The instant as it is written in the branch: ISO 8601 with the offset of its zone. */
  at(instant: number, branchId: string | undefined): string {
    const zone = (branchId !== undefined && this.byBranch.get(branchId)) || this.standard;
    const minutes = this.offset(zone, instant);
    const local = new Date(instant + minutes * 60_000).toISOString();
    const size = Math.abs(minutes);
    const pad = (part: number) => String(part).padStart(2, '0');
    return `${local.slice(0, 23)}${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
  }

  /** In whole minutes. No zone changes its offset but at a quarter of an hour. */
  private offset(zone: string, instant: number): number {
    const quarter = `${zone} ${Math.floor(instant / QUARTER_HOUR_MS)}`;
    const known = this.offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = Math.round(tzOffset(zone, new Date(instant)));
    if (this.offsets.size >= REMEMBERED_OFFSETS) this.offsets.clear();
    this.offsets.set(quarter, offset);
    return offset;
  }
}
