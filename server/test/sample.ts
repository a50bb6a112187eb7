/** A small value that a schema of the API document accepts: only what is required, and of that the least. */

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

const BY_FORMAT: Record<string, string> = {
  uuid: '01960000-0000-7000-8000-000000000000',
  email: 'somebody@customer.test',
  uri: 'https://customer.test/',
  date: '2026-03-01',
  'date-time': '2026-03-01T00:00:00Z',
};
/** Tried in turn against a pattern: slugs, currencies, countries, domains, fingerprints. */
const BY_PATTERN = ['sample', 'EUR', 'AT', 'customer.test', 'A', '0', '/'];

/** @param named the document's `components.schemas` */
export function sampleOf(schema: JsonSchema, named: Record<string, JsonSchema>): unknown {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return sampleOf(named[name] ?? {}, named);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  if (choice) return sampleOf(choice, named);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, named)));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((property) => [property, sampleOf(schema.properties?.[property] ?? {}, named)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, named));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return false;
    default:
      return sampleText(schema);
  }
}

function sampleText({ format, pattern, minLength }: JsonSchema): string {
  const known = format === undefined ? undefined : BY_FORMAT[format];
  if (known !== undefined) return known;
  const fitting = pattern === undefined ? undefined : BY_PATTERN.find((text) => new RegExp(pattern).test(text));
  return fitting ?? 'sample text'.padEnd(minLength ?? 0, 'x');
}
