import { applyDecorators } from '@nestjs/common';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { PERIOD_PATTERN } from '#kontor/contracts';

/** The kinds of parameters that questions are made of. They are compiled, not interpreted: only what JSON schema can tell counts. */

export const IsId = () =>
  applyDecorators(
    IsString(),
    Matches(/^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/),
    JSONSchema({ format: 'uuid', examples: ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff'] }),
  );

/** No text of ours holds a NUL, and PostgreSQL refuses to look for one. */
const WITHOUT_NUL = /^[^\0]*$/;

/** An opaque id that other systems give: actors, managers, branches, territories. */
export const IsCode = () => applyDecorators(IsString(), Length(1, 64), Matches(WITHOUT_NUL));

export const IsWords = (longest: number) =>
  applyDecorators(IsString(), Length(1, longest), Matches(WITHOUT_NUL));

export const IsDay = (description: string) =>
  applyDecorators(
    IsString(),
    Matches(/^[12]\d{3}-\d{2}-\d{2}$/),
    JSONSchema({ format: 'date', description, examples: ['2011-11-30'] }),
  );

/** The leap second, which JavaScript's clock does not know, is left out. */
const INSTANT = '^[12]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$';

export const IsMoment = (description: string) =>
  applyDecorators(
    IsString(),
    JSONSchema({
      anyOf: [
        { format: 'date', pattern: '^[12]\\d{3}-\\d{2}-\\d{2}$' },
        { format: 'date-time', pattern: INSTANT },
      ],
      'x-must-be': 'a day or an instant with offset',
      description: `${description}: an instant, or a day that means its end; inclusive`,
      examples: ['2011-11-30T14:05:00Z', '2011-11-30'],
    }),
  );

export const IsPeriod = () =>
  applyDecorators(
    IsString(),
    Matches(new RegExp(PERIOD_PATTERN)),
    JSONSchema({
      description: 'Plans of exactly this year, quarter or month',
      examples: ['2011', '2011-Q4', '2011-11'],
    }),
  );

export const IsPosition = (description: string) =>
  applyDecorators(
    IsString(),
    Matches(/^(0|[1-9]\d{0,17})$/),
    JSONSchema({ description, examples: ['1042'] }),
  );

export const IsOneOf = (values: readonly string[], description: string) =>
  applyDecorators(IsIn([...values]), JSONSchema({ type: 'string', description }));

/** Every answer tells the position that it has seen; a reader may wait for one. */
export class FreshRequest {
  @IsOptional()
  @IsPosition('Waits up to 5 s until this position has been seen, else 503')
  atLeast?: string;
}

export class PageRequest extends FreshRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(500)
  @JSONSchema({ description: 'At most so many items; if left out 100, of plans 500' })
  limit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  @JSONSchema({ description: 'As given by `next` of the page before' })
  cursor?: string;
}

const STANDARD_LIMIT = 100;

export const pageAsked = ({ limit, cursor }: PageRequest, standard = STANDARD_LIMIT) => ({
  limit: limit ?? standard,
  cursor,
});
