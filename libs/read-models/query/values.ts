import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import type { Money } from '#kontor/contracts';

/** Minor units as rows give them. */
export type RowAmount = string | number | bigint;

export const money = (amount: RowAmount, currency: string): Money => ({ amount: Number(amount), currency });

/** ISO 8601 with the UTC offset that the instant was recorded with. */
export function zonedInstant(instant: Date | string, utcOffsetMinutes: number): string {
  const local = new Date(new Date(instant).getTime() + utcOffsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(utcOffsetMinutes);
  const offset = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${local}${utcOffsetMinutes < 0 ? '-' : '+'}${offset}`;
}

export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Milliseconds, in UTC. */
export const RecordedAt = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  description: 'When it was recorded',
  examples: ['2011-11-30T14:05:00.123Z'],
});
export const Revision = Type.Integer({ minimum: 0, examples: [3] });
export const Count = Type.Integer({ examples: [12] });
