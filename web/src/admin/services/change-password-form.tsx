import { PasswordInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

export function ChangePasswordForm({ service, onDone }: { service: Api<'Service'>; onDone: () => void }) {
  const form = useApiForm({
    initialValues: { password: '' },
    validate: {
      password: (password) =>
        password !== '' && password.length < 10 ? 'At least 10 characters, or leave it blank' : null,
    },
    send: ({ password }) =>
      send('post', '/api/v1/services/{id}/change-password', {
        path: { id: service.id },
        body: password === '' ? {} : { password },
      }),
    onDone: () => {
      onDone();
      notifySuccess('The new password is on its way to the panel.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Change password">
      <PasswordInput
        label="New password"
        description="A strong one is made when left blank. The customer sees it on the service’s page."
        autoComplete="new-password"
        maxLength={64}
        data-autofocus
        {...form.getInputProps('password')}
      />
    </FormShell>
  );
}
