import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { JSONSchema } from 'class-validator-jsonschema';
import { PERIOD_PATTERN, QUANTITY_PATTERN, UNIT_PRICE_PATTERN } from '#kontor/contracts';

/**
 * The kinds of fields that commands are made of, in terms of class-validator. They are compiled, not interpreted: only what can
 * be told in JSON schema counts.
 */

/** Lower case: an id in another spelling would name another stream. */
export const IsId = () =>
  applyDecorators(
    IsString(),
    Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    JSONSchema({ format: 'uuid', examples: ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff'] }),
  );

/** An opaque id that other systems give: managers, branches, territories, product groups. */
export const IsCode = () => applyDecorators(IsString(), Length(1, 64));

/** A human reference, such as an order number. */
export const IsReference = () => IsCode();

/** Words for people: a reason, a remark. */
export const IsWords = () => applyDecorators(IsString(), Length(1, 500));

export const IsDescription = () => applyDecorators(IsString(), MaxLength(500));

export const IsUnit = () =>
  applyDecorators(IsString(), Length(1, 16), JSONSchema({ examples: ['pcs', 'm'] }));

export const IsCurrencyCode = () =>
  applyDecorators(
    IsString(),
    Matches(/^[A-Z]{3}$/),
    JSONSchema({ description: 'ISO 4217', examples: ['EUR'] }),
  );

/** Decimal text: quantities are never floats. */
export const IsQuantity = () =>
  applyDecorators(IsString(), Matches(new RegExp(QUANTITY_PATTERN)), JSONSchema({ examples: ['6', '2.5'] }));

export const IsUnitPrice = () =>
  applyDecorators(IsString(), Matches(new RegExp(UNIT_PRICE_PATTERN)), JSONSchema({ examples: ['2.55'] }));

export const IsBasisPoints = () =>
  applyDecorators(
    IsInt(),
    Min(0),
    Max(10_000),
    JSONSchema({ description: 'Basis points: 1250 is 12.5 %', examples: [1250] }),
  );

export const IsDay = () =>
  applyDecorators(
    IsString(),
    Matches(/^[12]\d{3}-\d{2}-\d{2}$/),
    JSONSchema({ format: 'date', examples: ['2011-11-30'] }),
  );

export const IsPeriod = () =>
  applyDecorators(
    IsString(),
    Matches(new RegExp(PERIOD_PATTERN)),
    JSONSchema({ description: 'A year, a quarter or a month', examples: ['2011', '2011-Q4', '2011-11'] }),
  );

/** ISO 8601 with an offset; the leap second, which JavaScript's clock does not know, is left out. */
export const IsInstant = () =>
  applyDecorators(
    IsString(),
    Matches(/^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
    JSONSchema({
      format: 'date-time',
      description: 'When it happened in business; now if left out',
      examples: ['2011-11-30T14:05:00+01:00'],
    }),
  );

const MAX_LINES = 5_000;

/** A list of a request class's items. That it must not be empty is a rule, and its refusal recorded. */
export const IsListOf = (item: () => new () => object) =>
  applyDecorators(ValidateNested({ each: true }), Type(item), ArrayMaxSize(MAX_LINES));

/** Another request class, nested. */
export const Is = (nested: () => new () => object) => applyDecorators(ValidateNested(), Type(nested));

/** Minor units as ISO 4217 counts them: cents of a euro, whole yen. */
export class MoneyFields {
  @IsInt() @Min(-Number.MAX_SAFE_INTEGER) @Max(Number.MAX_SAFE_INTEGER) amount!: number;
  @IsCurrencyCode() currency!: string;
}

export const IsMoney = () =>
  applyDecorators(
    Is(() => MoneyFields),
    JSONSchema({ examples: [{ amount: 1525, currency: 'EUR' }] }),
  );

/** `order`, or the id of one of its lines. */
export const IsDiscountScope = () =>
  applyDecorators(
    IsString(),
    Matches(/^(order|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/),
    JSONSchema({ examples: ['order'] }),
  );

/** An example of a request, sent as it stands in a test; and the fields of which there must be at least one. */
export const Example = (
  example: object,
  { needsOneOf = [] }: { readonly needsOneOf?: readonly string[] } = {},
) =>
  JSONSchema({
    examples: [example],
    ...(needsOneOf.length > 0 && {
      anyOf: needsOneOf.map((field) => ({ required: [field] })),
      'x-must-be': `given with at least one of ${needsOneOf.join(', ')}`,
    }),
  });
