import { Type, type Static, type TSchema } from '@sinclair/typebox';

/** An object that holds its own fields and no others. */
export const Fields = <Properties extends Record<string, TSchema>>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

/**
 * Marks a field that identifies a person: `always` (a contact is always somebody), or `if-natural-person` where it does so
 * only on customers who are natural persons. Erasure will work from these marks.
 */
export const personal = <Schema extends TSchema>(
  when: 'always' | 'if-natural-person',
  schema: Schema,
): Schema => ({
  ...schema,
  'x-personal': when,
});

export const Uuid = Type.String({ format: 'uuid', examples: ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff'] });
/** Opaque ids that other systems give: actors, managers, branches, territories. */
export const Code = Type.String({ minLength: 1, maxLength: 64 });
export const Text = Type.String({ minLength: 1, maxLength: 500 });
/** A human reference such as an order number: a field, not an id, and not unique by rule. */
export const Reference = Type.String({ minLength: 1, maxLength: 64 });
export const Sku = Type.String({ minLength: 1, maxLength: 64 });
export const Unit = Type.String({ minLength: 1, maxLength: 16, examples: ['pcs', 'm'] });
/** ISO 4217 code. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', examples: ['EUR'] });

/** Minor units as ISO 4217 counts them: cents of a euro, whole yen. */
export const MinorUnits = Type.Integer({
  minimum: -Number.MAX_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
});
export const Money = Fields({ amount: MinorUnits, currency: Currency });
export type Money = Static<typeof Money>;

/** Decimal text, at most 12 digits before and 3 after the point. */
export const QUANTITY_PATTERN = '^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,3})?$';
/** Decimal text, at most 12 digits before and 6 after the point. */
export const UNIT_PRICE_PATTERN = '^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?$';
export const Quantity = Type.String({ pattern: QUANTITY_PATTERN, examples: ['6', '2.5'] });
export const UnitPrice = Type.String({ pattern: UNIT_PRICE_PATTERN, examples: ['2.55'] });

/** Hundredths of a per cent: 1250 = 12.5 %. May be negative where prices were raised above the list. */
export const BasisPoints = Type.Integer({ examples: [1250] });
export const Day = Type.String({ format: 'date', examples: ['2011-11-30'] });
/** ISO 8601 with the UTC offset of the branch's zone at that instant: its first ten characters are the business day. */
export const ZonedInstant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}[+-]\\d{2}:\\d{2}$',
  examples: ['2011-11-30T14:05:00.000+00:00'],
});
/** A year, a quarter or a month. */
export const PERIOD_PATTERN = '^\\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$';
export const Period = Type.String({ pattern: PERIOD_PATTERN, examples: ['2011', '2011-Q4', '2011-11'] });

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: values });

export const ROLES = [
  'account-manager',
  'branch-director',
  'commercial-director',
  'general-director',
  'warehouse',
  'accounting',
  'auditor',
  'reporting',
  'sales-system',
] as const;
export const Role = oneOf(ROLES);
export type Role = Static<typeof Role>;

export const SEGMENTS = ['retail', 'corporate', 'key'] as const;
export const Segment = oneOf(SEGMENTS);
export type Segment = Static<typeof Segment>;

export const SUPPLIERS = ['central-warehouse', 'production', 'regional-policy'] as const;
export const Supplier = oneOf(SUPPLIERS);
export type Supplier = Static<typeof Supplier>;

export const STOCK_REQUEST_REASONS = ['order', 'reservation', 'replenishment', 'sample'] as const;
export const StockRequestReason = oneOf(STOCK_REQUEST_REASONS);
export type StockRequestReason = Static<typeof StockRequestReason>;

export const PLAN_MEASURES = ['ordered', 'issued', 'paid'] as const;
export const PlanMeasure = oneOf(PLAN_MEASURES);
export type PlanMeasure = Static<typeof PlanMeasure>;

export const PLAN_SCOPE_KINDS = ['account-manager', 'branch', 'territory'] as const;
export const PlanScopeKind = oneOf(PLAN_SCOPE_KINDS);
export type PlanScopeKind = Static<typeof PlanScopeKind>;
