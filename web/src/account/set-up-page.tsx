import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { Redirect } from '../ui/links.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import { AccountCard } from './account-card.tsx';
import { DeadLink, isOfDeadLink } from './dead-link.tsx';

const CURRENCIES = Intl.supportedValuesOf('currency');

/** The first page of an empty shop: its name and its owner. */
export function SetUpPage() {
  const { shop } = useSession();
  const navigate = useNavigate();
  const { token } = useSearch({ strict: false }) as { token?: string };
  const form = useApiForm({
    initialValues: { token: token ?? '', name: '', email: '', password: '', shopName: '', currency: 'EUR' },
    send: async (body) => {
      await send('post', '/api/v1/set-up', { body });
      return send('post', '/api/v1/session', { body: { email: body.email, password: body.password } });
    },
    onDone: async (session) => {
      await startSession(session);
      await navigate({ to: '/admin' });
    },
  });
  if (!shop.setUpNeeded) return <Redirect href="/sign-in" />;
  if (token && isOfDeadLink(form.problem)) {
    return (
      <AccountCard title="Set up your shop">
        <DeadLink kind="setUp" incomplete={false} />
      </AccountCard>
    );
  }
  return (
    <AccountCard title="Set up your shop" subtitle="Makes the owner's account. Everything can be changed later.">
      <FormShell form={form} submitLabel="Open the shop" fullWidth>
        {!token && (
          <TextInput
            label="Set-up token"
            description="Printed in the terminal where the server was started."
            autoComplete="off"
            {...form.getInputProps('token')}
          />
        )}
        <TextInput label="Name of the shop" autoComplete="organization" {...form.getInputProps('shopName')} />
        <Select
          label="Currency"
          data={CURRENCIES}
          searchable
          allowDeselect={false}
          {...form.getInputProps('currency')}
        />
        <TextInput label="Your name" autoComplete="name" {...form.getInputProps('name')} />
        <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      </FormShell>
    </AccountCard>
  );
}
