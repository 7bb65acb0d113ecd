import type { LineIds } from './decision.js';

/** For a repetition: a line that the caller brings no id for is the one that stands at its place. */
export const idsOfLines = (lines: readonly { readonly lineId: string }[]): LineIds => ({
  lineIdAt: (index) => lines[index]?.lineId ?? `none at ${index}`,
});
