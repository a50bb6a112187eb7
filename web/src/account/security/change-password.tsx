import { PasswordInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';

export function ChangePassword() {
  const form = useApiForm({
    initialValues: { currentPassword: '', password: '' },
    validate: { password: (password) => (password.length < 10 ? 'At least 10 characters' : null) },
    send: (body) => send('put', '/api/v1/account/password', { body }),
    onDone: () => {
      form.reset();
      notifySuccess('Your password is changed. Other sessions have ended.');
    },
  });
  return (
    <Section title="Password" description="Changing it signs you out everywhere else.">
      <FormShell form={form} submitLabel="Change password">
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters."
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      </FormShell>
    </Section>
  );
}
