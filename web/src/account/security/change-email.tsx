import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { send } from '../../api/client.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.tsx';

/** The address changes once the link that is mailed to the new one is followed. */
export function ChangeEmail() {
  const { user } = useSession();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useApiForm({
    initialValues: { email: '', password: '' },
    send: (body) => send('post', '/api/v1/account/email', { body }),
    onDone: (_, { email }) => {
      setSentTo(email);
      form.reset();
    },
  });
  return (
    <Section title="E-mail" description={`You sign in with ${user?.email ?? 'your address'}.`}>
      {sentTo && (
        <Notice tone="good" title="Look into your inbox" live>
          A link is on its way to {sentTo}. Your address stays as it is until you follow it.
        </Notice>
      )}
      {!sentTo && (
        <FormShell form={form} submitLabel="Change e-mail">
          <TextInput label="New e-mail" type="email" autoComplete="email" {...form.getInputProps('email')} />
          <PasswordInput label="Your password" autoComplete="current-password" {...form.getInputProps('password')} />
        </FormShell>
      )}
    </Section>
  );
}
