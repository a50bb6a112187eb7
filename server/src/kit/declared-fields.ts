/**
 * Values of the fields a module or gateway declares: checked strictly, secrets sealed at rest and masked in answers.
 */
import { type Fields, fieldsSchema, secretNames } from '@hostwright/sdk';
import type { z } from 'zod';
import { Invalid } from './errors.ts';
import type { Keyring } from './secrets.ts';
import type { fieldOut, fieldValues } from './shapes.ts';

export type FieldValues = z.output<typeof fieldValues>;

/** What a form shows in place of a stored secret. Sent back, it means "keep what is stored", as a blank does. */
export const MASK = '••••••••';

/** As kept in a row: secrets apart from the rest, each sealed by itself. */
export interface StoredFields {
  settings: FieldValues;
  sealedSecrets: Record<string, string>;
}

/** The declarations as the API hands them out, in their order. */
export const asFields = (fields: Fields): z.input<typeof fieldOut>[] =>
  Object.entries(fields).map(([name, { pattern: _, ...declared }]) => ({
    name,
    ...declared,
    default: declared.default as string | number | boolean | undefined, // what the field helpers take
  }));

/**
 * Values as the declarations want them, defaults filled in.
 * @param path of the values in the request, for example `payment`; issues are at `payment.<name>`
 * @throws Invalid `bad_fields` naming every value that does not fit
 */
export function parseFields(fields: Fields, values: FieldValues, path: string): FieldValues {
  const parsed = fieldsSchema(fields).safeParse(values);
  if (parsed.success) return parsed.data as FieldValues;
  throw new Invalid('bad_fields', {
    issues: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'is not asked for' }))
        : [{ path: [path, ...issue.path].join('.'), message: issue.message }],
    ),
  });
}

/**
 * Check values and make them ready for storing. A blank or masked secret keeps the one stored before.
 *
 * @param options.context authenticated with every secret, for example `gateway:stripe`: a sealed text moved to
 *   another row does not open
 * @throws Invalid as `parseFields`
 */
export function sealFields(
  keyring: Keyring,
  fields: Fields,
  values: FieldValues,
  options: { before: StoredFields | null; context: string; path: string },
): StoredFields {
  const given = { ...values };
  for (const name of secretNames(fields)) {
    if (given[name] !== '' && given[name] !== MASK && given[name] != null) continue;
    const sealed = options.before?.sealedSecrets[name];
    given[name] = sealed === undefined ? '' : keyring.open(sealed, options.context);
  }
  const settings = parseFields(fields, given, options.path);
  const sealedSecrets: Record<string, string> = {};
  for (const name of secretNames(fields)) {
    const value = settings[name];
    if (typeof value === 'string') sealedSecrets[name] = keyring.seal(value, options.context);
    delete settings[name];
  }
  return { settings, sealedSecrets };
}

/** Everything in the clear, for the call that needs it and nothing else. */
export function openFields(keyring: Keyring, stored: StoredFields, context: string): FieldValues {
  const opened = Object.entries(stored.sealedSecrets).map(([name, sealed]) => [name, keyring.open(sealed, context)]);
  return { ...stored.settings, ...Object.fromEntries(opened) };
}

/** What a form may show. */
export const maskFields = (stored: StoredFields): FieldValues => ({
  ...stored.settings,
  ...Object.fromEntries(Object.keys(stored.sealedSecrets).map((name) => [name, MASK])),
});
