import { Checkbox, NumberInput, PasswordInput, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { Api } from '../api/types.ts';

type Field = Api<'Field'>;
type Value = string | number | boolean | null;

/** Any form; its own field names are narrower than the declared ones it holds below the prefix. */
export interface FieldsForm {
  getInputProps: (path: never, options?: { type?: 'input' | 'checkbox' }) => object;
}

interface DeclaredFieldsProps {
  fields: Field[];
  /** The form that holds the values below `prefix`. */
  form: FieldsForm;
  prefix: string;
  /** A stored secret exists: an empty field keeps it. */
  masked?: boolean;
  /** Choices that are read from a panel, by the field's `choicesFrom`. Without them such a field is typed by hand. */
  choices?: Partial<Record<NonNullable<Field['choicesFrom']>, { value: string; label: string }[]>>;
}

/** Draws the fields a module or gateway declares. Values and errors live in the form. */
export const DeclaredFields = ({ fields, ...rest }: DeclaredFieldsProps) => (
  <Stack>
    {fields.map((field) => (
      <DeclaredField key={field.name} field={field} {...rest} />
    ))}
  </Stack>
);

function DeclaredField({
  field,
  form,
  prefix,
  masked,
  choices,
}: Omit<DeclaredFieldsProps, 'fields'> & { field: Field }) {
  const path = `${prefix}.${field.name}` as never;
  const common = {
    label: field.label,
    description: field.help,
    placeholder: field.placeholder,
    ...form.getInputProps(path),
  };
  const asked = { ...common, withAsterisk: field.required };
  const offered = (field.choicesFrom && choices?.[field.choicesFrom]) || field.choices;
  switch (field.kind) {
    case 'secret':
      return (
        <PasswordInput
          {...asked}
          autoComplete="new-password"
          withAsterisk={field.required && !masked}
          {...(masked ? { placeholder: 'Stored. Leave blank to keep it' } : {})}
        />
      );
    case 'textarea':
      return <Textarea {...asked} autosize minRows={3} maxRows={12} />;
    case 'number':
      return <NumberInput {...asked} min={field.min} max={field.max} />;
    case 'toggle':
      return (
        <Switch label={field.label} description={field.help} {...form.getInputProps(path, { type: 'checkbox' })} />
      );
    case 'checkbox':
      return (
        <Checkbox label={field.label} description={field.help} {...form.getInputProps(path, { type: 'checkbox' })} />
      );
    case 'radio':
      return (
        <Radio.Group {...asked}>
          <Stack gap="xs" mt={6}>
            {(offered ?? []).map((choice) => (
              <Radio key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </Stack>
        </Radio.Group>
      );
    case 'select':
      return offered ? (
        <Select {...asked} data={offered} searchable={offered.length > 8} clearable={!field.required} />
      ) : (
        <TextInput {...asked} />
      );
    case 'text':
    case 'url':
    case 'email':
      return offered && offered.length > 0 ? (
        <Select {...asked} data={offered} searchable />
      ) : (
        <TextInput {...asked} type={field.kind} />
      );
    default:
      return field.kind satisfies never;
  }
}

/** Starting values of declared fields: stored ones, else defaults. Secrets always start empty. */
export function declaredValues(fields: Field[], stored: Record<string, Value> = {}): Record<string, Value> {
  return Object.fromEntries(
    fields.map((field) => {
      if (field.kind === 'secret') return [field.name, ''];
      const blank = field.kind === 'toggle' || field.kind === 'checkbox' ? false : '';
      return [field.name, stored[field.name] ?? field.default ?? blank];
    }),
  );
}

/** Values as the API takes them: what was left blank is left out, so that a stored secret or a default stays. */
export const filledIn = (values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));
