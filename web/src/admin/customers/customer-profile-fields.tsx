import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { COUNTRY_CHOICES } from '../../ui/countries.ts';
import type { ApiForm } from '../../ui/form.tsx';

const FIELDS = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  taxId: 'Tax ID',
  addressLine1: 'Address',
  addressLine2: 'Address, second line',
  postalCode: 'Postal code',
  city: 'City',
  region: 'Region',
  phone: 'Phone',
  locale: 'Language',
} satisfies Partial<Record<keyof Api<'Customer'>, string>>;

type TextField = keyof typeof FIELDS;
export type Profile = Record<TextField | 'country', string>;
const names = Object.keys(FIELDS) as TextField[];

/** What is known of a customer, or of one that is yet to be added. */
export const profileOf = (customer: Partial<Profile>): Profile => ({
  ...(Object.fromEntries(names.map((name) => [name, customer[name] ?? ''])) as Record<TextField, string>),
  country: customer.country ?? '',
});

/** Names, address and language of a customer, inside a form that holds at least these. */
export function CustomerProfileFields<V extends Profile>({ form }: { form: ApiForm<V> }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {names.map((name) => (
        <TextInput key={name} label={FIELDS[name]} maxLength={200} {...form.getInputProps(name)} />
      ))}
      <Select
        label="Country"
        searchable
        clearable={form.values.country !== ''}
        data={COUNTRY_CHOICES}
        {...form.getInputProps('country')}
        value={form.values.country || null}
        onChange={(country) => form.setFieldValue('country', (country ?? '') as never)}
      />
    </SimpleGrid>
  );
}
