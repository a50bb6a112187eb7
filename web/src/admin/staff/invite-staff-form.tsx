import { Select, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { choicesOf, ROLE_HELP, ROLE_WORDS } from '../shared/words.ts';

/** Mails a link with which somebody makes their own login; no password passes through other hands. */
export function InviteStaffForm({ onDone }: { onDone: () => void }) {
  const form = useApiForm({
    initialValues: { email: '', role: 'support' as Api<'Staff'>['role'] },
    send: (body) => send('post', '/api/v1/staff/invitations', { body }),
    onDone: (invitation) => {
      onDone();
      notifySuccess(`A link is on its way to ${invitation.email}.`);
    },
  });
  return (
    <FormShell form={form} submitLabel="Send invitation">
      <TextInput label="E-mail" type="email" withAsterisk data-autofocus {...form.getInputProps('email')} />
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
