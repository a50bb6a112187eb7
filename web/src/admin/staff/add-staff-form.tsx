import { PasswordInput, Select, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { choicesOf, ROLE_HELP, ROLE_WORDS } from '../shared/words.ts';

export function AddStaffForm({ onDone }: { onDone: () => void }) {
  const form = useApiForm({
    initialValues: { name: '', email: '', password: '', role: 'support' as Api<'Staff'>['role'] },
    validate: {
      name: (name) => (name.trim() === '' ? 'Say who it is' : null),
      password: (password) => (password.length < 10 ? 'At least 10 characters' : null),
    },
    send: (body) => send('post', '/api/v1/staff', { body }),
    onDone: (member) => {
      onDone();
      notifySuccess(`${member.name} can sign in now.`);
    },
  });
  return (
    <FormShell form={form} submitLabel="Add staff">
      <TextInput label="Name" withAsterisk maxLength={200} data-autofocus {...form.getInputProps('name')} />
      <TextInput label="E-mail" type="email" withAsterisk {...form.getInputProps('email')} />
      <PasswordInput
        label="First password"
        description="At least 10 characters. Tell them in person; they change it with “Forgot password”."
        withAsterisk
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <Select
        label="Role"
        description={ROLE_HELP[form.values.role]}
        allowDeselect={false}
        data={choicesOf(ROLE_WORDS)}
        {...form.getInputProps('role')}
      />
    </FormShell>
  );
}
