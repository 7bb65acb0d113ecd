import { tzOffset } from '@date-fns/tz';

/** Answers the offset (`+01:00`) that a zone's clocks had at a local time `YYYY-MM-DDTHH:MM:SS`; remembered per hour. */
export function zoneOffsets(zone: string): (localTime: string) => string {
  const known = new Map<string, string>();
  return (localTime) => {
    const hour = localTime.slice(0, 13);
    let offset = known.get(hour);
    if (offset === undefined) {
      const asUtc = new Date(`${hour}:00:00Z`);
      // The offset at the local time read as UTC is off near a change of clocks; one step from there is exact.
      const first = tzOffset(zone, asUtc);
      offset = render(tzOffset(zone, new Date(asUtc.getTime() - first * 60_000)));
      known.set(hour, offset);
    }
    return offset;
  };
}

const render = (minutes: number): string => {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');
