import { PasswordInput, Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { AccountCard } from './account-card.tsx';
import { DeadLink, isOfDeadLink } from './dead-link.tsx';

export function ResetPasswordPage() {
  const { token = '' } = useSearch({ strict: false }) as { token?: string };
  const [done, setDone] = useState(false);
  const form = useApiForm({
    initialValues: { password: '' },
    send: ({ password }) => send('post', '/api/v1/reset-password', { body: { token, password } }),
    onDone: () => setDone(true),
  });
  if (done) {
    return (
      <AccountCard title="Password changed" subtitle="You have been signed out everywhere.">
        <Stack>
          <Notice tone="good">Sign in with your new password.</Notice>
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        </Stack>
      </AccountCard>
    );
  }
  if (!token || isOfDeadLink(form.problem)) {
    return (
      <AccountCard title="Choose a new password">
        <DeadLink kind="newPassword" incomplete={!token} />
      </AccountCard>
    );
  }
  return (
    <AccountCard title="Choose a new password" footer={<TextLink href="/forgot-password">Ask for a new link</TextLink>}>
      <FormShell form={form} submitLabel="Change password" fullWidth>
        <PasswordInput
          label="New password"
          description="At least 10 characters. All sessions end when it changes."
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      </FormShell>
    </AccountCard>
  );
}
