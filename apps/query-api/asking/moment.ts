import type { Moment } from '#kontor/read-models';

/** Reads what `IsMoment` let through. */
export const momentOf = (text: string | undefined): Moment | undefined => {
  if (text === undefined) return undefined;
  return text.includes('T') ? { instant: text } : { day: text };
};
