import type { TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = new Ajv({ strict: true, allErrors: false, keywords: ['x-personal'] });
addFormats.default(ajv, ['uuid', 'date']);

/** Compiles a schema to a check that answers what is wrong with a value, in one line, or undefined. */
export function compile(schema: TSchema): (value: unknown) => string | undefined {
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? undefined : describe(validate.errors?.[0]));
}

const describe = (error: ErrorObject | undefined): string =>
  error ? `${error.instancePath || '/'} ${error.message ?? 'is not valid'}` : 'is not valid';
