import { parse, v5 as uuidv5 } from 'uuid';

/** Every id of an import is derived from the data under this name: whoever imports the same file again gets the same ids. */
const NAMESPACE = parse('0b6b3d5c-3f6e-5c0a-9d0e-8f6f0c5f2a11');

/** UUID of a thing of the data set, such as `identify('order', '536365')`. */
export const identify = (kind: string, reference: string): string =>
  uuidv5(`${kind}/${reference}`, NAMESPACE);

/** A number in [0, 1) that belongs to a thing of the data set for good: chance from a fixed seed. */
export const chance = (question: string, reference: string): number =>
  Number.parseInt(identify(question, reference).slice(0, 8), 16) / 2 ** 32;
