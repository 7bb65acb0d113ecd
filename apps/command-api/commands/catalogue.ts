import { type Routes, type Check, type RequestSchemas, type Route, type Schema } from '#kontor/service';
import { issuedBy, type Issued } from '../desk/issues.js';

/** A command as a line of a stream brings it: checked as a whole, its body with the ids that the path would carry. */
export interface CatalogueEntry extends Issued {
  readonly schema: Schema;
  readonly check: Check;
}

export type Catalogue = ReadonlyMap<string, CatalogueEntry>;

/** Every command that a route issues, by name: what a single call takes, a stream takes. */
export const catalogueOf = ({ all, schemas }: Routes): Catalogue =>
  new Map(
    all.flatMap((route) => {
      const issued = issuedBy(route.handler);
      return issued ? [[issued.name, entryOf(issued, route, schemas)] as const] : [];
    }),
  );

function entryOf(issued: Issued, { shape }: Route, schemas: RequestSchemas): CatalogueEntry {
  const parts = [shape.params, shape.body].flatMap((part) => (part ? [schemas.of(part)] : []));
  const schema = lineOf(issued.name, merged(parts));
  return { ...issued, schema, check: schemas.check(schema) };
}

const lineOf = (name: string, body: Schema): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: ['command', 'idempotencyKey', 'body'],
  properties: {
    command: { type: 'string', enum: [name] },
    idempotencyKey: { type: 'string', minLength: 1, maxLength: 200 },
    onBehalfOf: {
      type: 'string',
      minLength: 1,
      maxLength: 64,
      description: 'The account manager whom a sales system acts for.',
    },
    ifMatch: { type: 'integer', minimum: 0, description: 'The revision; 412 if it is another by now.' },
    body,
  },
});

/** One schema of the path's ids and the body's fields. */
const merged = (parts: readonly Schema[]): Schema => ({
  ...Object.assign({}, ...parts),
  properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
  required: parts.flatMap(({ required = [] }) => required),
  examples: [Object.assign({}, ...parts.map(exampleOf))],
});

/** The schema's own example, else one made of its fields' examples. */
function exampleOf({ examples, properties = {} }: Schema): unknown {
  const [own] = Array.isArray(examples) ? (examples as readonly unknown[]) : [];
  return (
    own ?? Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, exampleOf(field)]))
  );
}
