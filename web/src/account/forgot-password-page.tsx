import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { AccountCard } from './account-card.tsx';

export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useApiForm({
    initialValues: { email: '' },
    send: (body) => send('post', '/api/v1/forgot-password', { body }),
    onDone: (_, { email }) => setSentTo(email),
  });
  return (
    <AccountCard
      title="Forgot your password?"
      subtitle="We send you a link with which you choose a new one."
      footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}
    >
      {sentTo ? (
        <Notice tone="good" title="Look into your inbox" live>
          If there is an account for {sentTo}, a link is on its way. It works for a limited time.
        </Notice>
      ) : (
        <FormShell form={form} submitLabel="Send the link" fullWidth>
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
        </FormShell>
      )}
    </AccountCard>
  );
}
