import { PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { send } from '../api/client.ts';
import { COUNTRY_CHOICES } from '../ui/countries.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import type { Session } from '../ui/session-context.ts';

const EMPTY = { firstName: '', lastName: '', email: '', password: '', company: '', country: '', currency: '' };

interface SignUpFormProps {
  submitLabel: string;
  /** Decided already by what was put together; asked otherwise where the shop sells in several. */
  currency?: string;
  onDone: (session: Session) => void;
}

/** A new customer, with what an order needs and no more; the rest is asked in the profile. */
export function SignUpForm({ submitLabel, currency, onDone }: SignUpFormProps) {
  const { shop } = useSession();
  const form = useApiForm({
    initialValues: { ...EMPTY, currency: currency ?? shop.currencies[0] ?? '' },
    send: ({ currency: chosen, ...rest }) =>
      send('post', '/api/v1/sign-up', {
        body: { ...rest, locale: navigator.language.slice(0, 35), ...(chosen ? { currency: chosen } : {}) },
      }),
    onDone: async (session) => {
      await startSession(session);
      onDone(session);
    },
  });
  return (
    <FormShell form={form} submitLabel={submitLabel} fullWidth>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('firstName')} />
        <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
      </SimpleGrid>
      <TextInput label="E-mail" type="email" autoComplete="email" withAsterisk {...form.getInputProps('email')} />
      <PasswordInput
        label="Password"
        description="At least 10 characters."
        autoComplete="new-password"
        withAsterisk
        {...form.getInputProps('password')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="Company (optional)" autoComplete="organization" {...form.getInputProps('company')} />
        <Select
          label="Country"
          data={COUNTRY_CHOICES}
          searchable
          autoComplete="country"
          {...form.getInputProps('country')}
        />
      </SimpleGrid>
      {!currency && shop.currencies.length > 1 && (
        <Select label="Currency" data={shop.currencies} allowDeselect={false} {...form.getInputProps('currency')} />
      )}
    </FormShell>
  );
}
