import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { Fault } from './problem.js';

/** A JSON schema as OpenAPI 3.1 shows it and ajv compiles it. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A class whose properties carry class-validator's decorators. */

export type RequestClass = Function;

/** What is wrong with a value; empty where nothing is. */
export type Check = (value: unknown) => readonly Fault[];

interface Reading {
  /** Query strings and path parameters are text: numbers and booleans are read from it. */
  readonly fromText?: boolean;
}

const ROOT = 'kontor:requests';
const MAX_FAULTS = 20;

/**
 * The schemas of the request classes that a service takes, and of the classes nested in them: class-validator's decorators
 * are the one definition, for the compiled check and for the OpenAPI document. Unknown fields are refused everywhere.
 */
export class RequestSchemas {
  private readonly classes = new Map<string, RequestClass>();
  private readonly schemas: Record<string, Schema> = {};
  private readonly compilers = new Map<string, Ajv>();

  constructor(requestClasses: Iterable<RequestClass>) {
    for (const requestClass of requestClasses) this.add(requestClass);
  }

  /** By class name, as they stand under `components.schemas`. */
  get byName(): Readonly<Record<string, Schema>> {
    return this.schemas;
  }

  of({ name }: RequestClass): Schema {
    const schema = this.schemas[name];
    if (!schema) throw new Error(`${name} is not among the request classes`);
    return schema;
  }

  /** A check by a schema, which may refer to request classes. Compiled when first used: all at once would double the time to start. */
  check(schema: Schema, { fromText = false }: Reading = {}): Check {
    const absolute = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components/', `"${ROOT}#/components/`),
    ) as Schema;
    let isValid: ValidateFunction | undefined;
    return (value) => {
      isValid ??= this.compiler(fromText, 'first fault').compile(absolute);
      if (isValid(value)) return [];
      if (isLarge(value)) return faultsOf(isValid.errors);
      const explain = this.compiler(fromText, 'all faults').compile(absolute);
      explain(value);
      return faultsOf(explain.errors);
    };
  }

  private add(requestClass: RequestClass): void {
    const { name } = requestClass;
    const known = this.classes.get(name);
    if (known === requestClass) return;
    if (known) throw new Error(`two request classes are called ${name}`);
    this.classes.set(name, requestClass);
    const schema: unknown = targetConstructorToSchema(requestClass, {
      classTransformerMetadataStorage: defaultMetadataStorage,
      refPointerPrefix: '#/components/schemas/',
    });
    if (!isObjectSchema(schema))
      throw new Error(`${name} is no request class: none of its properties is decorated`);
    this.schemas[name] = { ...schema, additionalProperties: false };
    for (const { propertyName } of getMetadataStorage().getTargetValidationMetadatas(
      requestClass,
      '',
      true,
      false,
    )) {
      const nested = defaultMetadataStorage.findTypeMetadata(requestClass, propertyName);
      if (nested) this.add(nested.typeFunction());
    }
  }

  private compiler(fromText: boolean, report: 'first fault' | 'all faults'): Ajv {
    const key = `${fromText} ${report}`;
    const known = this.compilers.get(key);
    if (known) return known;
    const ajv = new Ajv({
      coerceTypes: fromText,
      allErrors: report === 'all faults',
      strict: false,
      strictNumbers: true,
      verbose: true,
    });
    addFormats.default(ajv, ['uuid', 'date', 'date-time', 'email']);
    ajv.addSchema({ $id: ROOT, components: { schemas: this.schemas } });
    this.compilers.set(key, ajv);
    return ajv;
  }
}

const isObjectSchema = (schema: unknown): schema is Schema =>
  typeof schema === 'object' && schema !== null && 'properties' in schema;

const MANY_PARTS = 2_000;

/** To list all that is wrong with a megabyte would cost more than the request is worth: then the first fault is told. */
function isLarge(value: unknown): boolean {
  const waiting = [value];
  for (let seen = 0; waiting.length > 0; seen++) {
    const part = waiting.pop();
    if (typeof part !== 'object' || part === null) continue;
    const inner: unknown[] = Object.values(part);
    if (seen + waiting.length + inner.length > MANY_PARTS) return true;
    waiting.push(...inner);
  }
  return false;
}

const faultsOf = (errors: readonly ErrorObject[] | null | undefined): readonly Fault[] =>
  (errors ?? [])
    .filter(({ schemaPath }) => !/\/(oneOf|anyOf)\/\d+\//.test(schemaPath))
    .slice(0, MAX_FAULTS)
    .map(faultOf);

function faultOf({ instancePath, keyword, params, message, parentSchema }: ErrorObject): Fault {
  const path = instancePath.slice(1).replaceAll('/', '.');
  const inside = (name: unknown) => `${path && `${path}.`}${String(name)}`.slice(0, 200);
  switch (keyword) {
    case 'required':
      return { path: inside(params['missingProperty']), message: 'is missing' };
    case 'additionalProperties':
      return { path: inside(params['additionalProperty']), message: 'is not a known field' };
    case 'enum':
      return { path, message: `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}` };
    case 'oneOf':
    case 'anyOf':
      return { path, message: `must be ${String(parentSchema?.['x-must-be'] ?? 'one of the alternatives')}` };
    default:
      return { path, message: message ?? 'is not valid' };
  }
}
