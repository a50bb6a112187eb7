import { Button, PasswordInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { CodeInput } from '../code-input.tsx';

export function RemoveTwoFactor({ onDone }: { onDone: () => void }) {
  const form = useApiForm({
    initialValues: { password: '', code: '' },
    send: (body) => send('post', '/api/v1/account/two-factor/remove', { body }),
    onDone: () => {
      onDone();
      notifySuccess('Signing in asks for your password alone again.');
    },
  });
  return (
    <FormShell
      form={form}
      submitLabel="Turn it off"
      secondary={
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      }
    >
      <PasswordInput label="Your password" autoComplete="current-password" {...form.getInputProps('password')} />
      <CodeInput description="Of your app, or a backup code." {...form.getInputProps('code')} />
    </FormShell>
  );
}
