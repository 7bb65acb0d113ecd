import { Type, type Static, type TObject } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true });
addFormats.default(ajv, ['uri']);

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What every service of Kontor is configured with; each adds its own, by the names of the environment. */
export const serviceSettings = {
  NODE_ENV: Type.String({ default: 'development' }),
  KONTOR_LOG_LEVEL: Type.Unsafe<(typeof LOG_LEVELS)[number]>({
    type: 'string',
    enum: LOG_LEVELS,
    default: 'info',
    description: `one of ${LOG_LEVELS.join(', ')}`,
  }),
};

export const Port = (standard: number) => Type.Integer({ minimum: 0, maximum: 65535, default: standard });

export const UrlOf = (...schemes: readonly string[]) =>
  Type.String({
    pattern: `^(${schemes.join('|').replaceAll('+', '\\+')})://`,
    description: `a URL (${schemes.join(', ')})`,
  });

/** Where the keys that sign tokens are published. */
export const JwksUrl = UrlOf('https', 'http', 'file');

/** The environment does not say what it must: one message that names everything that is wrong. */
export class ConfigurationInvalid extends Error {
  override readonly name = 'ConfigurationInvalid';
}

/** Reads the settings that a schema names from the environment, converted and with defaults; throws `ConfigurationInvalid`. */
export function readConfiguration<Settings extends TObject>(
  schema: Settings,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Static<Settings> {
  const settings: unknown = Object.fromEntries(
    Object.keys(schema.properties)
      .filter((name) => environment[name])
      .map((name) => [name, environment[name]]),
  );
  const isComplete = ajv.compile<Static<Settings>>(schema);
  if (isComplete(settings)) return settings;
  const wrong = new Map<string, string>();
  for (const { instancePath, params, message, parentSchema } of isComplete.errors ?? []) {
    const name = instancePath.slice(1) || String(params['missingProperty']);
    if (!instancePath) wrong.set(name, 'is not set');
    else if (!wrong.has(name)) {
      const expected: unknown = schema.properties[name]?.description ?? parentSchema?.['description'];
      wrong.set(name, expected ? `must be ${String(expected)}` : (message ?? 'is not valid'));
    }
  }
  const list = [...wrong].map(([name, problem]) => `  ${name} ${problem}`);
  throw new ConfigurationInvalid(`The configuration is not usable:\n${list.join('\n')}`);
}
