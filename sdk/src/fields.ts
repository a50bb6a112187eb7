/**
 * Fields a module or gateway declares for its forms. From one declaration come the form, its masking, validation,
 * encryption at rest and the TypeScript type of the values handed back.
 */
import { z } from 'zod';

export type FieldKind =
  | 'text'
  | 'url'
  | 'email'
  | 'secret'
  | 'textarea'
  | 'number'
  | 'toggle'
  | 'checkbox'
  | 'select'
  | 'radio';

export interface Choice {
  value: string;
  label: string;
}

/** One declared field. `T` is the type of its value; JSON-safe, so that the web can draw the form from it. */
export interface Field<T = unknown> {
  kind: FieldKind;
  label: string;
  help?: string;
  placeholder?: string;
  /** Used when the form is left blank. A field with a default is never required. */
  default?: T;
  /** Blank is refused unless there is a default. True by default for everything but toggles and checkboxes. */
  required: boolean;
  /** `select` and `radio` only. */
  choices?: Choice[];
  /** `select` on a product form: fill the choices from the module's `listPackages` of the chosen server. */
  choicesFrom?: 'listPackages';
  /** `number`: bounds of the value. Text kinds: bounds of the length in characters. */
  min?: number;
  max?: number;
  /** Text kinds: a regular expression the whole value must match, and what to say when it does not. */
  pattern?: { source: string; message: string };
}

export type Fields = Record<string, Field>;

/** The values of a set of fields, by name. */
// biome-ignore lint/suspicious/noExplicitAny: `infer` over an invariant parameter needs the widest type.
export type Values<F extends Record<string, Field<any>>> = {
  [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

type Extras<T> = string | Partial<Omit<Field<T>, 'kind' | 'label'>>;

function field<T>(kind: FieldKind, label: string, extras: Extras<T> = {}): Field<T> {
  const given = typeof extras === 'string' ? { help: extras } : extras;
  const optional = kind === 'toggle' || kind === 'checkbox' || given.default !== undefined;
  return { kind, label, required: !optional, ...given };
}

export const text = (label: string, extras?: Extras<string>) => field<string>('text', label, extras);
export const url = (label: string, extras?: Extras<string>) => field<string>('url', label, extras);
export const email = (label: string, extras?: Extras<string>) => field<string>('email', label, extras);
/** Stored encrypted, shown masked, struck out of every log. A blank answer keeps the stored value. */
export const secret = (label: string, extras?: Extras<string>) => field<string>('secret', label, extras);
export const textarea = (label: string, extras?: Extras<string>) => field<string>('textarea', label, extras);
export const number = (label: string, extras?: Extras<number>) => field<number>('number', label, extras);
export const toggle = (label: string, extras?: Extras<boolean>) =>
  field<boolean>('toggle', label, withDefaultFalse(extras));
export const checkbox = (label: string, extras?: Extras<boolean>) =>
  field<boolean>('checkbox', label, withDefaultFalse(extras));
export const select = (label: string, choices: Choice[], extras?: Extras<string>) => ({
  ...field<string>('select', label, extras),
  choices,
});
export const radio = (label: string, choices: Choice[], extras?: Extras<string>) => ({
  ...field<string>('radio', label, extras),
  choices,
});

function withDefaultFalse(extras: Extras<boolean> = {}): Extras<boolean> {
  return { default: false, ...(typeof extras === 'string' ? { help: extras } : extras) };
}

/** Names of the secret fields, for masking and redaction. */
export const secretNames = (fields: Fields): string[] =>
  Object.entries(fields)
    .filter(([, declared]) => declared.kind === 'secret')
    .map(([name]) => name);

/**
 * A strict zod object for a set of fields: unknown names are refused, blank optional values become their default,
 * numbers and booleans sent as form text are understood.
 */
export function fieldsSchema(fields: Fields) {
  return z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, declared]) => [name, valueSchema(declared)])),
  );
}

function valueSchema(declared: Field): z.ZodType {
  const base = kindSchema(declared);
  const blankToMissing = z.preprocess(
    (value) => (value === '' || value === null ? undefined : value),
    declared.required ? base : base.optional(),
  );
  return declared.default === undefined
    ? blankToMissing
    : blankToMissing.transform((value) => value ?? declared.default);
}

function kindSchema(declared: Field): z.ZodType {
  switch (declared.kind) {
    case 'number': {
      let schema = z.coerce.number(`${declared.label} must be a number`);
      if (declared.min !== undefined) schema = schema.min(declared.min);
      if (declared.max !== undefined) schema = schema.max(declared.max);
      return schema;
    }
    case 'toggle':
    case 'checkbox':
      return z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
    case 'select':
    case 'radio':
      if (declared.choicesFrom || !declared.choices?.length) return z.string();
      return z.enum(declared.choices.map((choice) => choice.value));
    case 'email':
      return z.email(`${declared.label} must be an e-mail address`);
    case 'url':
      return z.url({ protocol: /^https?$/, error: `${declared.label} must be an http or https address` });
    case 'text':
    case 'secret':
    case 'textarea': {
      let schema = z.string().min(declared.min ?? 1);
      if (declared.max !== undefined) schema = schema.max(declared.max);
      if (declared.pattern)
        schema = schema.regex(new RegExp(`^(?:${declared.pattern.source})$`), declared.pattern.message);
      return declared.kind === 'text' ? schema.overwrite((value) => value.trim()) : schema;
    }
    default:
      return declared.kind satisfies never;
  }
}
