import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { send, useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { COUNTRY_CHOICES } from '../ui/countries.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { notifySuccess } from '../ui/notify.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { useSession } from '../ui/session.tsx';

export function ProfilePage() {
  const profile = useApiQuery('/api/v1/portal/profile', {});
  // Staff who act as the customer may, on the telephone for example.
  const mayWrite = useSession().customerRights.includes('billing');
  const refusal = mayWrite ? null : 'Only somebody with billing rights may change it.';
  if (profile.error) return <PageError error={profile.error} onRetry={() => void profile.refetch()} />;
  if (!profile.data) return <PageLoading />;
  return (
    <Page title="Profile" subtitle={profile.data.email} size="md">
      <Section title="You and your address" description={refusal ?? 'Printed on your invoices.'}>
        <ProfileForm customer={profile.data} refusal={refusal} />
      </Section>
    </Page>
  );
}

interface ProfileFormProps {
  customer: Api<'Customer'>;
  /** Why whoever looks may not change it; null when they may. */
  refusal: string | null;
}

function ProfileForm({ customer, refusal }: ProfileFormProps) {
  const form = useApiForm({
    initialValues: {
      firstName: customer.firstName ?? '',
      lastName: customer.lastName ?? '',
      company: customer.company ?? '',
      addressLine1: customer.addressLine1 ?? '',
      addressLine2: customer.addressLine2 ?? '',
      postalCode: customer.postalCode ?? '',
      city: customer.city ?? '',
      region: customer.region ?? '',
      country: customer.country ?? '',
      phone: customer.phone ?? '',
      taxId: customer.taxId ?? '',
      locale: customer.locale ?? navigator.language,
    },
    send: (body) => send('put', '/api/v1/portal/profile', { body: { ...body, country: body.country ?? '' } }),
    onDone: () => notifySuccess('Saved.'),
  });
  return (
    <FormShell form={form} submitLabel="Save" submitRefusal={refusal} guarded>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('firstName')} />
        <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
        <TextInput label="Company" autoComplete="organization" {...form.getInputProps('company')} />
        <TextInput label="VAT or tax number" {...form.getInputProps('taxId')} />
      </SimpleGrid>
      <TextInput label="Street and number" autoComplete="address-line1" {...form.getInputProps('addressLine1')} />
      <TextInput label="Address, second line" autoComplete="address-line2" {...form.getInputProps('addressLine2')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="Postal code" autoComplete="postal-code" {...form.getInputProps('postalCode')} />
        <TextInput label="City" autoComplete="address-level2" {...form.getInputProps('city')} />
        <TextInput label="State or region" autoComplete="address-level1" {...form.getInputProps('region')} />
        <Select
          label="Country"
          data={COUNTRY_CHOICES}
          searchable
          clearable={form.values.country !== ''}
          autoComplete="country"
          {...form.getInputProps('country')}
        />
        <TextInput label="Phone" type="tel" autoComplete="tel" {...form.getInputProps('phone')} />
      </SimpleGrid>
    </FormShell>
  );
}
