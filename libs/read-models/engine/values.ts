import Big from 'big.js';
import type { ColumnType } from './table.js';

/** A column's value in its one canonical form, so that equal values are equal however they came about. */
export type Value = Given | null;
type Given = string | number | bigint | boolean | object;

/** An operation that depends on the value that is there; `set` is the one that doesn't. */
export type RelativeOperation = 'add' | 'min' | 'max';

type Canonical = (value: unknown) => Value;

const canonicalDecimal = (decimal: string): string => new Big(decimal).toFixed();

const INSTANT_IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Of a small batch: what stands here when young objects are collected comes to old space. */
const INSTANTS_KNOWN = 256;
let instants = new Map<string | number, string>();

/** ISO 8601 in UTC with milliseconds. To parse and print instants is the dearest of all, and each projection meets the same ones. */
export function instantOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return new Date(value as Date).toISOString();
  if (typeof value === 'string' && INSTANT_IN_UTC.test(value)) return value;
  let instant = instants.get(value);
  if (instant === undefined) {
    // Cleared, a map leaves a trail of its outgrown tables behind (ADR 18).
    if (instants.size >= INSTANTS_KNOWN) instants = new Map();
    instants.set(value, (instant = new Date(value).toISOString()));
  }
  return instant;
}

const canonicalByType: Readonly<Record<ColumnType, Canonical>> = {
  uuid: (value) => String(value).toLowerCase(),
  text: String,
  boolean: (value) => value === true || value === 'true',
  integer: Number,
  bigint: (value) => (typeof value === 'bigint' ? value : BigInt(value as string | number)),
  // Most decimals come without trailing zeros from the log, and parsing costs.
  numeric: (value) => {
    const decimal = String(value);
    return decimal.endsWith('0') || !/^-?[1-9]\d*(\.\d+)?$/.test(decimal)
      ? canonicalDecimal(decimal)
      : decimal;
  },
  date: String,
  timestamptz: instantOf,
  jsonb: (value) => value as object,
  json: (value) => value as object,
};

/** Whether values are plain JSON in memory. */
export const isJson = (type: ColumnType): boolean => type === 'jsonb' || type === 'json';

export const canonical = (type: ColumnType, value: unknown): Value =>
  value === null || value === undefined ? null : canonicalByType[type](value);

/** What a column holds after the operation; an empty column takes the operand as it is, and an empty operand changes nothing. */
export function combine(
  operation: RelativeOperation,
  type: ColumnType,
  present: Value,
  operand: Value,
): Value {
  if (present === null) return operand;
  if (operand === null) return present;
  if (operation === 'add') return sum(type, present, operand);
  const order = compare(type, present, operand);
  return (operation === 'min' ? order <= 0 : order >= 0) ? present : operand;
}

function sum(type: ColumnType, left: Given, right: Given): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return left + right;
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (type === 'numeric') return new Big(String(left)).plus(String(right)).toFixed();
  throw new TypeError(`a column of type ${type} can't be added to`);
}

function compare(type: ColumnType, left: Given, right: Given): number {
  if (type === 'numeric') return new Big(String(left)).cmp(String(right));
  if (isJson(type)) throw new TypeError('JSON values have no order');
  // Canonical days and instants order as their texts do; numbers and bigints by value.
  return left < right ? -1 : left > right ? 1 : 0;
}
