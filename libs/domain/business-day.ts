const MILLISECONDS_A_DAY = 86_400_000;

/** The business day of an instant that carries the offset of the branch's zone. */
export const dayOf = (occurredAt: string): string => occurredAt.slice(0, 10);

/** The day that is so many days after another. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
