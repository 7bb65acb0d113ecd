import { Type, type TSchema } from '@sinclair/typebox';
import pg from 'pg';
import type { Money } from '#kontor/contracts';

/** Minor units as rows give them. */
export type RowAmount = string | number | bigint;

export const money = (amount: RowAmount, currency: string): Money => ({ amount: Number(amount), currency });

const MINUTES_A_DAY = 24 * 60;

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
const clock = (minutes: number): string =>
  `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;

/** An instant as `instantFrom` gives them, with the UTC offset that it was recorded with. */
export function zonedInstant(instant: string, utcOffsetMinutes: number): string {
  const offset = `${utcOffsetMinutes < 0 ? '-' : '+'}${clock(Math.abs(utcOffsetMinutes))}`;
  const minutes = Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16)) + utcOffsetMinutes;
  // Lists are full of instants, and a Date is needed only where it is another day there.
  if (minutes >= 0 && minutes < MINUTES_A_DAY)
    return `${instant.slice(0, 11)}${clock(minutes)}${instant.slice(16, -1)}${offset}`;
  const local = new Date(Date.parse(instant) + utcOffsetMinutes * 60_000).toISOString();
  return `${local.slice(0, -1)}${offset}`;
}

const parseTimestamp = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);

/** ISO 8601 in UTC with milliseconds, of a `timestamptz(3)` as PostgreSQL writes it: `2011-11-30 14:05:00.1+00`. */
export const instantFrom = (text: string): string =>
  text.endsWith('+00')
    ? `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`
    : parseTimestamp(text).toISOString();

export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Milliseconds, in UTC. */
export const RecordedAt = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  description: 'When it was recorded',
  examples: ['2011-11-30T14:05:00.123Z'],
});
export const Revision = Type.Integer({ minimum: 0, examples: [3] });
export const Count = Type.Integer({ examples: [12] });
