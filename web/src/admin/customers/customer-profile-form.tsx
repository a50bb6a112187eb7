import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { COUNTRY_CHOICES } from '../../ui/countries.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

type Customer = Api<'Customer'>;

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
} satisfies Partial<Record<keyof Customer, string>>;

type TextField = keyof typeof FIELDS;
type Profile = Record<TextField | 'country', string>;
const names = Object.keys(FIELDS) as TextField[];

export function CustomerProfileForm({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const form = useApiForm({
    initialValues: {
      ...(Object.fromEntries(names.map((name) => [name, customer[name]])) as Record<TextField, string>),
      country: customer.country ?? '',
    } as Profile,
    send: (profile) =>
      send('put', '/api/v1/customers/{id}', {
        path: { id: customer.id },
        body: profile,
      }),
    onDone: () => {
      onDone();
      notifySuccess('The profile is saved.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Save profile">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {names.map((name) => (
          <TextInput key={name} label={FIELDS[name]} maxLength={200} {...form.getInputProps(name)} />
        ))}
        <Select
          label="Country"
          searchable
          clearable={Boolean(form.values.country)}
          data={COUNTRY_CHOICES}
          value={form.values.country || null}
          onChange={(country) => form.setFieldValue('country', country ?? '')}
          error={form.errors.country}
        />
      </SimpleGrid>
    </FormShell>
  );
}
